const day = 24 * 60 * 60 * 1000;

/** Maximum number of sessions that wait for the device's next call, and of sessions that wait for a result. */
export const sessionsKept = 100_000;

/** In milliseconds. A session with a later expiry has delivered its BPP and waits for the result. */
export const longestWait = day;

/** How long repeated calls of ES2+ are recognised, in milliseconds. */
export const callsKeptFor = day;

/** Maximum number of calls of ES2+ to recognise repeats by. */
export const callsKept = 100_000;

/** How long delivered calls to operators stay visible, in milliseconds. */
export const callbacksKeptFor = day;

/** Maximum number of delivered calls to operators, and of waiting calls. */
export const callbacksKept = 100_000;

/** How long messages to webhooks stay visible after they ended, in milliseconds. */
export const deliveriesKeptFor = day;

/** Maximum number of ended messages to webhooks, and of waiting ones. */
export const deliveriesKept = 100_000;

/** Number of a profile's latest changes whose history entries are kept. */
export const changesKept = 1000;

/**
 * Limits for notifications that changed nothing, applied separately to unverified and to verified ones. Anybody can send and repeat
 * them, so each insert removes the oldest beyond the limits.
 */
export const idleKept = { count: 1000, octets: 4 * 1024 * 1024 };

/** Maximum number of notifications per profile that changed it. */
export const eventsKept = 1000;

/**
 * Upper limit of every delay, in milliseconds. It exceeds each back-off and each lease. A later time can only come from a clock that
 * was set back since.
 */
export const longestDelay = 120_000;

/** Due immediately: 0 is earlier than the time of any process. */
export const atOnce = 0;

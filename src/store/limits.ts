const day = 24 * 60 * 60 * 1000;

/**
 * Two limits in one number: how many sessions may wait for the device's next call, and how many may wait for a result.
 */
export const sessionsKept = 100_000;

/**
 * The longest wait for a device's next call, in milliseconds. A session that has more time left has delivered its BPP, and waits for the
 * result.
 */
export const longestWait = day;

/** How long repeated calls of ES2+ are recognised, in milliseconds. */
export const callsKeptFor = day;

/** Maximum number of calls of ES2+ that the store keeps to recognise repeats. */
export const callsKept = 100_000;

/** How long delivered calls to operators stay visible, in milliseconds. */
export const callbacksKeptFor = day;

/** Two limits in one number: how many delivered calls to operators the store keeps, and how many waiting calls. */
export const callbacksKept = 100_000;

/** How long delivered and abandoned messages to webhooks stay visible, in milliseconds. */
export const deliveriesKeptFor = day;

/** Two limits in one number: how many delivered or abandoned messages to webhooks the store keeps, and how many waiting messages. */
export const deliveriesKept = 100_000;

/** For each profile, the number of latest changes whose history entries the store keeps. */
export const changesKept = 1000;

/**
 * Limits for notifications that changed nothing. They apply separately to unverified and to verified notifications. Anybody can send
 * such notifications again and again, so each insertion removes the oldest notifications beyond the limits.
 */
export const idleKept = { count: 1000, octets: 4 * 1024 * 1024 };

/** For each profile, the maximum number of stored notifications that changed the profile. */
export const eventsKept = 1000;

/**
 * Upper limit of every delay, in milliseconds. It exceeds each back-off and each lease. A stored time that is further ahead shows that the
 * clock has been set back since.
 */
export const longestDelay = 120_000;

/** Due immediately: 0 is earlier than the current time on any process's clock. */
export const atOnce = 0;

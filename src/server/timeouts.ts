/** How long a ProfileInstallationResult may take, in milliseconds: 30 days, as a device sends it with its next connection. */
export const resultTimeout = 30 * 24 * 60 * 60 * 1000;

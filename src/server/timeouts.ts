/** How long a ProfileInstallationResult may take, in milliseconds: devices send it when they next have a connection. */
export const resultTimeout = 30 * 24 * 60 * 60 * 1000;

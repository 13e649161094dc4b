/** The kinds of device that a park knows. A platform is only a fact about the device: device management builds on it. */
export const platforms = ['plain', 'phone', 'windows', 'apple', 'android'] as const;
export type Platform = (typeof platforms)[number];

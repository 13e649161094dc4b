/** The platforms of devices. A park only stores the platform, for device management. */
export const platforms = ['plain', 'phone', 'windows', 'apple', 'android'] as const;
export type Platform = (typeof platforms)[number];

/** The kinds of device that a park knows. The park only stores the platform. Device management uses it. */
export const platforms = ['plain', 'phone', 'windows', 'apple', 'android'] as const;
export type Platform = (typeof platforms)[number];

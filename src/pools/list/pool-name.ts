/** How MDM systems name a list: today after the first label of the SM-DP+ address, formerly after the file. */
export const namingRules = ['fqdn', 'file'] as const;
export type NamingRule = (typeof namingRules)[number];

/**
 * Derives the name of a pool from its list.
 *
 * @param fileName with or without folders and `.csv`; required for the rule `file`
 * @returns `undefined` if the rule yields no name
 */
export function derivePoolName(rule: NamingRule, smdpAddress: string, fileName?: string): string | undefined {
  const name =
    rule === 'fqdn'
      ? smdpAddress.toLowerCase().split('.')[0]
      : fileName
          ?.split(/[/\\]/)
          .at(-1)
          ?.replace(/\.(csv|txt)$/i, '')
          .trim();
  return name === undefined || name === '' || name.length > 255 ? undefined : name;
}

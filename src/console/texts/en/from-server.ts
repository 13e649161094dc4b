/**
 * Translations of the server's sentences, such as the descriptions of faults. English needs none, because the server
 * writes English. A sentence without a translation is shown in English.
 */
export const fromServer: Readonly<Record<string, string>> = {};

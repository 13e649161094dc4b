/**
 * Sentences of the server, such as what a fault does, in the language of the console. English needs none: the server speaks it. A
 * sentence that is missing is shown in English.
 */
export const fromServer: Readonly<Record<string, string>> = {};

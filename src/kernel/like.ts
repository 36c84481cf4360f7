/** The pattern of SQL's `like` that finds a text anywhere, whatever signs it holds. */
export const anywhere = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** How members of a panel give their sheets: sealed to the council until all are in, or kept in the open on the server, which hides them from the others. */
export const sheetWays = ['sealed', 'open'] as const;
export type SheetWay = (typeof sheetWays)[number];

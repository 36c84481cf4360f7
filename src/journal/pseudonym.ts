import { z } from 'zod';

/** One line of the list of pseudonyms: the id by which pages, sheets and events name a bid while it is blind, its number, and whose it is. */
export const pseudonymShape = z.strictObject({ id: z.string(), number: z.int().min(1), submission: z.string() });
export type Pseudonym = z.infer<typeof pseudonymShape>;

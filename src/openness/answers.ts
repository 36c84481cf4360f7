import { z } from 'zod';
import type { Instant } from '../kernel/clock.ts';

/** Words and fields that the answers of this room share. Instants are RFC 3339 UTC, amounts yuan strings. */
export const words = z.object({ zh: z.string(), en: z.string() });
// a cast, not a transform: the API description must still say «string»
export const at = z.string() as unknown as z.ZodType<Instant>;
export const yuanText = z.string();
export const none = z.object({});
/** An optional field of a search form: an empty one counts as not given. */
export const emptyOr = <T>(schema: z.ZodType<T>) => z.preprocess((given) => (given === '' ? undefined : given), schema.optional());

import { z } from 'zod';
import type { Instant } from './clock.ts';

/** Fields that the answers of every room have. */
export const words = z.object({ zh: z.string(), en: z.string() });

/** RFC 3339 UTC. A cast, not a transform: the API description must still say «string». */
export const at = z.string() as unknown as z.ZodType<Instant>;

/** Yuan with two decimals. */
export const yuanText = z.string();

/** One of what a form lets people choose from. */
export const choice = z.object({ value: z.string(), label: words });

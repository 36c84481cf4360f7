import { z } from 'zod';
import { idField } from '../kernel/ids.ts';

/** Where a form of the hall stands: in the hall of a session that lots share, or in the lot's own; an answer and a refusal lead back to it. */
export const inHall = z.object({ session: idField.optional() });

export const toHall = (_answer: unknown, { params, body }: { params: { lot: string }; body: { session?: string | undefined } }): string =>
  body.session ? `/halls/${body.session}` : `/lots/${params.lot}/hall`;

export const hallForm = ({ params, body }: { params: Record<string, string>; body: Record<string, unknown> }): string =>
  idField.safeParse(body.session).success ? `/halls/${body.session}` : `/lots/${params.lot}/hall`;

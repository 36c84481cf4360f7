import { z } from 'zod';
import type { Call } from '../kernel/act.ts';
import { base64url } from '../kernel/bytes.ts';
import { dayField } from '../kernel/clock-fields.ts';
import { newId } from '../kernel/ids.ts';
import { yuan, yuanField } from '../kernel/money.ts';
import { sha256 } from '../sealing/digest.ts';
import { type DeedText, deedBytes } from './deed.ts';
import { deedSigned } from './problems.ts';
import { Deed } from './schema.ts';

const row = z.object({
  title: z.string().trim().max(100),
  dueOn: z.preprocess((given) => (given === '' ? undefined : given), dayField.optional()),
  amount: z.preprocess((given) => (given === '' ? undefined : given), yuanField.optional()),
});

/** A form sends a fixed number of lines; those that say nothing are left out, and one that says something says everything. */
export const milestonesField = z
  .array(row)
  .max(30)
  .transform((rows, context) =>
    rows.flatMap(({ title, dueOn, amount }, at) => {
      if (title === '' && dueOn === undefined && amount === undefined) return [];
      if (title !== '' && dueOn !== undefined && amount !== undefined) return [{ title, dueOn, amount: yuan(amount) }];
      const path = [at, title === '' ? 'title' : dueOn === undefined ? 'dueOn' : 'amount'];
      context.addIssue({ code: 'custom', path, message: '请填写节点的名称、日期和金额。 | State title, day and amount of the milestone.' });
      return [];
    }),
  )
  .refine((rows) => rows.length > 0, '至少填写一个履约节点。 | State one milestone at least.');

export const deedHash = (text: DeedText): string => base64url(sha256(deedBytes(text)));

/** Puts a text up to be signed. One that nobody has signed yet is replaced; one that bears a signature stays as it is. */
export async function putUp(call: Call, { lot, number, text }: { lot: string; number: number; text: DeedText }): Promise<string> {
  const before = await call.em.findOne(Deed, { lot, number });
  if (before && (before.tendereeSignedAt || before.contractorSignedAt)) throw deedSigned();
  const written = { text, sha256: deedHash(text), draftedAt: call.now };
  if (before) call.em.assign(before, written);
  else call.em.create(Deed, { id: newId(call.now), lot, number, ...written });
  return written.sha256;
}

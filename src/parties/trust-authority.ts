import { z } from 'zod';
import { fact } from '../journal/event.ts';
import { act } from '../kernel/act.ts';
import { newId } from '../kernel/ids.ts';
import { checkAuthority } from '../sealing/authority-profile.ts';
import { type CodeField, certificatePem, codeFieldShape, standardField } from '../sealing/certificate.ts';
import { outsideKeyBits, weaknessOf } from './authority.ts';
import { authorityKnown, authorityUnfit } from './authority-problems.ts';
import { TrustedAuthority } from './schema.ts';

const optional = (longest: number) => z.string().max(longest).default('');
export const authorityFields = z.object({
  name: z.string().trim().min(2).max(200),
  /** PEM: the root, then its issuing certificates */
  pem: z.string().max(60_000),
  /** where its certificates say whose they are; `standard` is organizationIdentifier = NTRCN-<code> */
  place: z.enum(['standard', 'subject', 'extension']).default('standard'),
  oid: z.string().trim().max(100).default(''),
  prefix: optional(20),
  suffix: optional(20),
});
type Given = z.infer<typeof authorityFields>;

/** Takes somebody else's authority into the register: from now on its certificates may be registered here, and sign. */
export const trustAuthority = act({
  name: 'trust-authority',
  by: ['administrator'],
  says: { zh: '登记受信任的签发机构', en: 'Trust an outside authority' },
  takes: authorityFields,
  async run({ em, now }, given) {
    const verdict = await checkAuthority(given.pem, now, (spki) => weaknessOf(spki, outsideKeyBits));
    if (!verdict.ok) {
      const says = verdict.weakness ?? verdict.problem.title;
      throw authorityUnfit({ says, fields: [{ path: 'pem', says }] });
    }
    const { root, certificates, suite } = verdict;
    if ((await em.count(TrustedAuthority, { fingerprint: root.fingerprint })) > 0) throw authorityKnown();
    const field = fieldOf(given);
    const pem = certificates.map(certificatePem).join('');
    const id = newId(now);
    const { fingerprint } = root;
    em.create(TrustedAuthority, { id, name: given.name, pem, fingerprint, suite, field, trustedAt: now });
    const fingerprints = certificates.map((each) => each.fingerprint);
    return { result: { authority: id }, facts: [fact('authority.trusted', {}, { authority: id, name: given.name, fingerprints, field })] };
  },
});

function fieldOf({ place, oid, prefix, suffix }: Given): CodeField {
  if (place === 'standard') return standardField;
  const read = codeFieldShape.safeParse({ in: place, oid, prefix, suffix });
  const says = { zh: '请填写有效的对象标识符（OID）。', en: 'Give a valid object identifier (OID).' };
  if (!read.success) throw authorityUnfit({ says, fields: [{ path: 'oid', says }] });
  return read.data;
}

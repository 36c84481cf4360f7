import type { Call } from '../kernel/act.ts';
import { ownAnchors } from '../parties/authority.ts';
import { standingCertificate } from '../parties/certificate-reads.ts';
import { verifyDetached } from '../sealing/signature.ts';
import { reportSignature } from './problems.ts';

/** By a certificate of this person that stands now, whose number is answered: the platform issues persons' certificates with the user's id as holder. */
export async function checkMemberSignature(call: Call, content: Uint8Array, signature: string): Promise<{ readonly serial: string }> {
  const verdict = await verifyDetached(Buffer.from(signature, 'base64'), content, { anchors: ownAnchors(), at: call.now });
  if (!verdict.ok) throw reportSignature({ says: verdict.problem.title });
  const { user, code } = call.by;
  const { serial, fingerprint } = verdict.signer;
  for (const holder of [user, code]) {
    if (holder && (await standingCertificate(call.em, holder, serial, fingerprint, call.now))) return { serial };
  }
  throw reportSignature({ says: { zh: '签名证书不属于您本人。', en: 'The signing certificate is not yours.' } });
}

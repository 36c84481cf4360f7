import { describe, expect, it } from '@jest/globals';
import type { Bid } from '../../src/bids/bid.ts';
import { gradesOf, jointTrouble, membersOf, withMembers } from '../../src/bids/joint.ts';
import {
  checkJointSignature,
  jointSigning,
  readJointSigning,
  signAsMember,
  signaturesByPart,
  unsigned,
} from '../../src/bids/joint-signing.ts';
import { base64url } from '../../src/kernel/bytes.ts';
import { jointRules } from '../../src/openings/joint-rules.ts';
import { sha256 } from '../../src/sealing/digest.ts';
import { packBid } from '../../src/sealing/package.ts';
import { bytesSource, verifyPackage } from '../../src/sealing/package-reader.ts';
import { agreementKey, membersKey } from '../../src/tenders/joint.ts';
import { now, testAuthority } from '../sealing/pki.ts';
import { bytesIn } from '../sealing/vectors.ts';

const authority = await testAuthority();
const [lead, partner, stranger] = await Promise.all(
  ['91420500NNPE6AC207', '91420500MA49XXXX1A', '91420500MA49XXXX2B'].map((code) => authority.certify({ commonName: code, code })),
);
const codeOf = (who: typeof lead): string => who?.signer.certificate.code ?? '';
const lot = '01a20305-5a3e-7724-8fb5-8cf50217a446';
const agreement = new TextEncoder().encode('%PDF-1.7');
const digest = base64url(sha256(agreement));

const row = (code: string, grade: string) => ({ code, name: `单位${code.slice(-2)}`, work: '主体', specialty: '水利水电', grade });
const bidOf = (codes: readonly string[], files = [agreementKey]): Bid =>
  withMembers({
    format: 'yangguang/bid/v1',
    lot,
    part: 'whole',
    bidder: codeOf(lead),
    bidderName: '牵头单位',
    price: '980.00',
    figures: {},
    tables: codes.length === 0 ? {} : { [membersKey]: codes.map((code) => row(code, '一级')) },
    files: files.map((field) => ({ field, name: '协议.pdf', sha256: digest, bytes: agreement.length })),
  });
const both = [codeOf(lead), codeOf(partner)];
const refusedBy = (bid: Bid, joint: { max: number } | undefined, changed = false) =>
  jointRules.filter((rule) => rule.refuses({ trouble: jointTrouble(bid, { joint, here: true }), changed })).map(({ id }) => id);

describe('rules of joint bids', () => {
  it('one who bids alone is asked nothing', () => {
    expect([bidOf([], []).format, refusedBy(bidOf([], []), undefined), refusedBy(bidOf([], []), { max: 2 })]).toEqual([
      'yangguang/bid/v1',
      [],
      [],
    ]);
  });
  it('JV-1: where the notice accepts none, a joint bid does not count; where it does, it counts', () => {
    expect([refusedBy(bidOf(both), undefined), refusedBy(bidOf(both), { max: 2 })]).toEqual([['JV-1'], []]);
  });
  it('JV-2: the lead is the bidder, nobody stands there twice or alone, every envelope has the same members', () => {
    for (const codes of [[...both].reverse(), [codeOf(lead)], [codeOf(lead), codeOf(lead)]])
      expect([codes, refusedBy(bidOf(codes), { max: 3 })]).toEqual([codes, ['JV-2']]);
    expect(refusedBy({ ...bidOf(both), members: [codeOf(lead), codeOf(stranger)] }, { max: 3 })).toEqual(['JV-2']);
    expect(refusedBy(bidOf(both), { max: 3 }, true)).toEqual(['JV-2']);
  });
  it('JV-3 and JV-4: as many as the notice allows, and their agreement', () => {
    const three = [...both, codeOf(stranger)];
    expect([refusedBy(bidOf(three), { max: 3 }), refusedBy(bidOf(three), { max: 2 })]).toEqual([[], ['JV-3']]);
    expect(refusedBy(bidOf(both, []), { max: 2 })).toEqual(['JV-4']);
  });
  it('of one speciality the lower grade counts', () => {
    const members = membersOf({
      tables: { [membersKey]: [row('A', '壹级'), row('B', '三级'), { ...row('C', '甲级'), specialty: '设计' }] },
    });
    expect(gradesOf(members)).toEqual([
      { specialty: '水利水电', grade: '三级' },
      { specialty: '设计', grade: '甲级' },
    ]);
  });
});

describe('how members sign', () => {
  const made = (bid = bidOf(both)) =>
    jointSigning(bid, [digest], { lot: { id: lot, number: 'A01', name: '护岸' }, form: [], parts: ['whole'] });
  const packed = (members: readonly Uint8Array[]): Promise<Uint8Array> => {
    const files = [{ name: '协议.pdf', size: agreement.length, content: new Blob([agreement]) }];
    if (!lead) throw new Error('there is no lead');
    return bytesIn(packBid({ bid: { ...bidOf(both), part: 'whole' }, files, signer: lead.signer, members, at: now }));
  };
  const judged = async (bytes: Uint8Array) =>
    verifyPackage(bytesSource(bytes), { lot, part: 'whole', bidder: codeOf(lead) }, { anchors: [authority.root.certificate], at: now });

  it('a member signs what it was handed, the lead seals with it, and the opening finds both', async () => {
    const handed = readJointSigning(JSON.parse(JSON.stringify(made())));
    if (!handed.ok || !partner) throw new Error('the file is not read');
    const signed = await signAsMember(handed.signing, partner.signer, now);
    if (!signed.ok) throw signed.problem;
    const back = await checkJointSignature(made(), JSON.parse(JSON.stringify(signed.signature)));
    expect([back.ok, unsigned(made(), []), unsigned(made(), [signed.signature])]).toEqual([true, [codeOf(partner)], []]);
    const verdict = await judged(await packed(signaturesByPart(made(), [signed.signature]).whole ?? []));
    expect(verdict).toMatchObject({ ok: true, members: [{ code: codeOf(partner) }] });
  });

  it('nobody else signs, a changed bid asks for new signatures, and without all of them nothing is packed', async () => {
    if (!partner || !stranger) throw new Error('somebody is missing');
    expect(await signAsMember(made(), stranger.signer, now)).toMatchObject({ reason: 'joint-signer-no-member' });
    const signed = await signAsMember(made(), partner.signer, now);
    if (!signed.ok) throw signed.problem;
    expect(await checkJointSignature(made({ ...bidOf(both), price: '970.00' }), signed.signature)).toMatchObject({
      reason: 'joint-signature-differs',
    });
    await expect(packed([])).rejects.toMatchObject({ problem: 'package-members-differ' });
    const mine = signed.signature.envelopes.map(({ signature }) => new Uint8Array(Buffer.from(signature, 'base64')));
    await expect(packed([...mine, ...mine])).rejects.toMatchObject({ problem: 'package-members-differ' });
  });

  it('whoever bids alone has no further signatures in its package', async () => {
    if (!lead || !partner) throw new Error('somebody is missing');
    const signed = await signAsMember(made(), partner.signer, now);
    if (!signed.ok) throw signed.problem;
    const alone = { ...bidOf([], []), part: 'whole' as const };
    const packing = {
      bid: alone,
      files: [],
      signer: lead.signer,
      members: signaturesByPart(made(), [signed.signature]).whole ?? [],
      at: now,
    };
    await expect(bytesIn(packBid(packing))).rejects.toMatchObject({ problem: 'package-members-differ' });
  });
});

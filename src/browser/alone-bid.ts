import { findingsOf } from '../bids/findings.ts';
import { judgeEarlier } from '../bids/receipt.ts';
import { headOf, type SealedBidRecord, sealedBidFormat, sealedBidFrame, sealedBidName } from '../bids/sealed-bid.ts';
import type { Tender } from '../bids/tender-file.ts';
import { parseYuan, withSeparators } from '../kernel/money.ts';
import type { SealingClient } from '../sealing/client.ts';
import { longestHeader, readEnvelopeHeader } from '../sealing/envelope.ts';
import type { SubmissionStatement } from '../sealing/statement.ts';
import { notReadable, refused, unexpected } from './alone-trouble.ts';
import { blindFound, cleanButton, found } from './bid-findings.ts';
import { type Asked, BidForm } from './bid-form.ts';
import type { SealedBid } from './bid-store.ts';
import { element, markStep, moveProgress, offerDownload, one, show, Trouble, tellTrouble } from './desk-parts.ts';
import { jointMembers } from './joint-members.ts';
import type { memoryStore } from './memory-store.ts';
import { ownKeyChoice } from './own-key.ts';
import { bytesText, t } from './page-words.ts';
import { openFile } from './private-files.ts';
import { clientText, sealBid } from './seal-bid.ts';
import { signerChoice } from './signer.ts';

const say = {
  changed: { zh: '内容有改动，请再次检查。', en: 'Something was changed: check again.' },
};

/** A sealed bid as the offline page hands it over. */
export interface Packed {
  readonly file: Blob;
  readonly name: string;
  readonly price: string;
  readonly statement: SubmissionStatement;
}

export interface AloneBid {
  readonly tender: Tender;
  readonly store: ReturnType<typeof memoryStore>;
  readonly client: SealingClient;
  /** what was sealed before, when the page was drawn in the other language */
  readonly packed: Packed | null;
  readonly keep: (packed: Packed) => void;
}

/** JSON out of a file that was chosen. Throws `Trouble`. */
export async function jsonOf(file: File): Promise<unknown> {
  try {
    return JSON.parse(await file.text());
  } catch {
    throw notReadable();
  }
}

export async function attempt(step: string, act: () => Promise<void>): Promise<void> {
  tellTrouble(step, null);
  try {
    await act();
  } catch (error) {
    tellTrouble(step, error instanceof Trouble ? error : unexpected(error));
    if (!(error instanceof Trouble)) console.error(error);
  }
}

/** Fill in, check, sign and seal, save: the first three steps of the desk and a file instead of the last two. */
export async function openAloneBid({ tender, store, client, packed, keep }: AloneBid): Promise<BidForm> {
  // whose bid it is the certificate says, when it is chosen
  const bidder = { code: '', name: '—', legalRepresentative: null, phone: null };
  const asked: Asked = { lot: { id: tender.lot.id }, terms: tender.terms, bidder };
  const form = new BidForm(one<HTMLFieldSetElement>('[data-bid-form]'), asked, store);
  const signer = await signerChoice(one('[data-signer]'));
  const own = await ownKeyChoice(one('[data-own-key]'), tender.lot.number, store.identity);
  const joint = jointMembers({ form, lot: tender.lot, terms: tender.terms, attempt: (act) => void attempt('seal', act) });
  const mayBeSealed = (may: boolean): void => {
    one<HTMLFieldSetElement>('[data-seal-part]').disabled = !may;
  };

  function changed(): void {
    if (one<HTMLFieldSetElement>('[data-seal-part]').disabled && one('[data-doubts]').hidden) return;
    mayBeSealed(false);
    show('[data-doubts]', false);
    one('[data-findings]').replaceChildren(element('p', { class: 'sub' }, t(say.changed)));
  }

  async function check(): Promise<boolean> {
    const { bid, sheets, attachments } = form.entered();
    const findings = [
      ...findingsOf({ bid, sheets, lot: asked.lot.id, bidder: bidder.code, form: asked.terms.bidForm, limits: tender.terms }),
      ...(await blindFound({ bid, attachments }, tender.terms, bidder)),
    ];
    form.showFindings(findings);
    one('[data-findings]').replaceChildren(
      ...found(findings, tender.terms.bidForm),
      ...cleanButton(tender.terms, () => form.clean(tender.terms.blind?.documents ?? []).then(async () => void (await check()))),
    );
    const wrong = findings.some((each) => each.weight === 'wrong');
    one<HTMLInputElement>('[data-doubts] input').checked = false;
    show('[data-doubts]', !wrong && findings.length > 0);
    mayBeSealed(findings.length === 0);
    await joint.refresh();
    one('#a-check').scrollIntoView({ block: 'nearest' });
    return findings.length === 0;
  }

  async function seal(): Promise<void> {
    const key = await signer.signer();
    const identity = key && own.identity();
    if (!key || !identity) return one('#keys').scrollIntoView();
    const { code = '', subject } = key.certificate;
    const known = bidder.code === code;
    Object.assign(bidder, { code, name: subject.organization ?? subject.commonName ?? code });
    // only now it is known whose name a blind file must not hold
    if (tender.terms.blind && !known && !(await check())) return;
    const members = await joint.signatures();
    const supersedes = await earlier(tender, code);
    mayBeSealed(false);
    show('[data-sealing]', true);
    show('[data-sealed]', false);
    show('[data-saving]', false);
    const stages: readonly string[] = ['hashing', 'packing', 'statement'];
    try {
      const sealed = await sealBid({
        council: tender.council,
        form: tender.terms.bidForm,
        parts: tender.terms.parts,
        policy: tender.terms.sealPolicy,
        entered: form.entered(),
        signer: key,
        members,
        own: identity,
        supersedes,
        client,
        draftMark: '',
        tell: (stage, done, all) => {
          moveProgress('seal', done, all);
          for (const [at, each] of stages.entries()) markStep(each, at < stages.indexOf(stage) ? 'done' : each === stage ? 'now' : 'next');
        },
      });
      const made = await pack(sealed, tender);
      keep(made);
      for (const stage of stages) markStep(stage, 'done');
      showPacked(made);
    } finally {
      show('[data-sealing]', false);
      mayBeSealed(true);
    }
  }

  one('[data-doubts] input').addEventListener('change', (event) => mayBeSealed((event.target as HTMLInputElement).checked));
  one('[data-check]').addEventListener('click', () => void attempt('seal', async () => void (await check())));
  one('[data-forget-draft]').addEventListener('click', () => void form.forget().then(changed));
  one('[data-seal]').addEventListener('click', () => void attempt('seal', seal));
  await form.open(changed);
  show('[data-draft-says]', false);
  if (packed) showPacked(packed);
  return form;
}

/** The submission that this bid replaces, out of the receipt that was chosen; null for a first bid. */
async function earlier(tender: Tender, bidder: string): Promise<string | null> {
  const file = one<HTMLInputElement>('#replaced-receipt').files?.[0];
  if (file === undefined) return null;
  const verdict = judgeEarlier(await jsonOf(file), tender.key, { lot: tender.lot.id, bidder });
  if (!verdict.ok) throw refused(verdict.problem.title);
  return verdict.submission;
}

/** The one file to carry. Nothing is copied: the parts of a Blob lie where they are. */
async function pack({ envelopes, statement, signature, price, head: under }: SealedBid, tender: Tender): Promise<Packed> {
  const [only] = envelopes;
  const envelope = only && (await openFile(only.file));
  const read = envelope && (await readEnvelopeHeader(new Uint8Array(await envelope.slice(0, longestHeader).arrayBuffer())));
  const head = under ?? (read?.ok ? headOf(read.header) : null);
  if (!envelope || head === null) throw new Error('the sealed file has no readable head');
  const record: SealedBidRecord = { format: sealedBidFormat, statement, signature, heads: { whole: head } };
  const { before, after } = sealedBidFrame(record);
  return { file: new Blob([...before, envelope, after]), name: sealedBidName(tender.lot.number, statement), price, statement };
}

function showPacked({ file, name, price, statement }: Packed): void {
  const amount = parseYuan(price);
  show('[data-sealed]', true);
  one('[data-sealed-size]').textContent = bytesText(file.size);
  one('[data-sealed-price]').textContent = amount === undefined ? price : `¥${withSeparators(amount)}`;
  one('[data-sealed-digest]').textContent = statement.parts[0]?.sha256 ?? '';
  one('[data-sealed-client]').textContent = clientText(statement);
  offerDownload(one<HTMLAnchorElement>('[data-save]'), file, name);
  show('[data-saving]', true);
  one('[data-save]').focus();
}

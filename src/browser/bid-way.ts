import { partTitle } from '../bids/cut.ts';
import { findingsOf } from '../bids/findings.ts';
import type { OwnBids } from '../bids/reads.ts';
import type { Receipt } from '../journal/receipt.ts';
import { parseYuan, withSeparators } from '../kernel/money.ts';
import type { Council } from '../sealing/council.ts';
import type { Attempt } from './bid-desk.ts';
import { blindFound, cleanButton, found } from './bid-findings.ts';
import { BidForm } from './bid-form.ts';
import { type BidStore, hasBegun, isUploaded, type SealedBid, withEnvelope } from './bid-store.ts';
import { element, markStep, moveProgress, offerDownload, one, show, Trouble, tellTrouble } from './desk-parts.ts';
import { type DossierDesk, openDossier } from './dossier-offers.ts';
import { jointMembers } from './joint-members.ts';
import { sealedFromFile } from './offline-file.ts';
import { ownBuild } from './own-build.ts';
import type { OwnKeyChoice } from './own-key.ts';
import { beijingText, bytesText, t } from './page-words.ts';
import { ask } from './platform.ts';
import { keepSafe, removeFile } from './private-files.ts';
import { openCopies } from './save-copies.ts';
import { clientText, sealBid } from './seal-bid.ts';
import type { SignerChoice } from './signer.ts';
import { receiptOfCompletion, receiptOfSealed, submitSealed } from './submit-sealed.ts';
import { type RunningUpload, uploadSealed } from './upload-bid.ts';

const say = {
  changed: { zh: '内容有改动，请再次检查。', en: 'Something was changed: check again.' },
  offline: { zh: '网络中断，已传部分不会丢失，恢复后自动继续。', en: 'No connection. What has arrived is kept; it goes on by itself.' },
  paused: { zh: '已暂停。', en: 'Paused.' },
  committed: {
    zh: '文件还须在 {at} 以前传完；传完并核验第二张回执后，投标才计入。请不要关闭本页。',
    en: 'The bytes must be there before {at}; the bid counts only when they are and the second receipt is verified. Keep this page open.',
  },
  completing: { zh: '文件已传完，正在核验第二张回执……', en: 'The bytes are there; verifying the second receipt…' },
  uploaded: {
    zh: '文件已完整上传。还没有递交：请点“递交投标文件”。',
    en: 'The file is on the platform. It is not submitted yet: press “Submit”.',
  },
};

export interface Way {
  readonly desk: () => OwnBids;
  /** asks the platform again and renews what the page shows of it */
  readonly refreshed: () => Promise<OwnBids>;
  readonly store: BidStore;
  readonly csrf: string;
  readonly own: OwnKeyChoice;
  readonly signer: SignerChoice;
  readonly form: HTMLFieldSetElement;
  readonly attempt: Attempt;
}

/** The five steps: fill, check, sign and seal, upload, submit. Whatever was done in an earlier visit is taken up where it stands. */
export async function openWay({ desk, refreshed, store, csrf, own, signer, form: fieldset, attempt }: Way): Promise<void> {
  const form = new BidForm(fieldset, desk(), store);
  const joint = jointMembers({
    form,
    lot: desk().lot,
    terms: desk().terms,
    attempt: (act) => void attempt('seal', act),
  });
  let sealed: SealedBid | undefined = await store.sealed.read().catch(() => undefined);
  let upload: RunningUpload | null = null;
  let busy = false;
  let dossier: DossierDesk | null = null;
  /** the receipt of a commitment, verified here, whose bytes are still on their way */
  let committed: Receipt | null = null;

  const keep = async (next: SealedBid): Promise<void> => {
    sealed = next;
    await store.sealed.put(next).catch(() => undefined); // where nothing can be kept the page itself still holds it
  };
  const mayBeSealed = (may: boolean): void => {
    one<HTMLFieldSetElement>('[data-seal-part]').disabled = !may || busy;
  };
  const mayBeSubmitted = (may: boolean): void => {
    one<HTMLFieldSetElement>('[data-submit-part]').disabled = !may || busy;
  };

  // 1 and 2
  function changed(): void {
    if (sealed) show('[data-sealed-changed]', sealed.draftMark !== form.mark());
    if (one<HTMLFieldSetElement>('[data-seal-part]').disabled && one('[data-doubts]').hidden) return;
    mayBeSealed(false);
    show('[data-doubts]', false);
    one('[data-findings]').replaceChildren(element('p', { class: 'sub' }, t(say.changed)));
    markStep('check', 'next');
  }

  async function check(): Promise<void> {
    const { bid, sheets, attachments } = form.entered();
    const { lot, terms, bidder } = desk();
    const checked = form.mark();
    const findings = [
      ...findingsOf({ bid, sheets, lot: lot.id, bidder: bidder.code, form: terms.bidForm, parts: terms.parts, limits: terms }),
      ...(await blindFound({ bid, attachments }, terms, bidder)),
      ...((await dossier?.findings()) ?? []),
    ];
    // what was typed meanwhile was not looked at
    if (form.mark() !== checked) return changed();
    form.showFindings(findings);
    one('[data-findings]').replaceChildren(
      ...found(findings, terms.bidForm),
      ...cleanButton(terms, () => form.clean(terms.blind?.documents ?? []).then(check)),
    );
    const wrong = findings.some((each) => each.weight === 'wrong');
    const doubts = one<HTMLInputElement>('[data-doubts] input');
    doubts.checked = false;
    show('[data-doubts]', !wrong && findings.length > 0);
    mayBeSealed(findings.length === 0);
    await joint.refresh();
    markStep('fill', wrong ? 'now' : 'done');
    markStep('check', wrong ? 'failed' : 'done');
    if (!wrong && !sealed) markStep('seal', 'now');
    one('#check').scrollIntoView({ block: 'nearest' });
  }

  // 3
  async function seal(): Promise<void> {
    const key = await signer.signer();
    const identity = key && own.identity();
    if (!key || !identity) return one('#keys').scrollIntoView();
    const { council } = desk().lot;
    const before = sealed;
    busy = true;
    mayBeSealed(false);
    mayBeSubmitted(false);
    upload?.pause();
    committed = null;
    show('[data-committed]', false);
    show('[data-sealing]', true);
    show('[data-sealed]', false);
    window.addEventListener('beforeunload', stay);
    try {
      await keepSafe();
      const answer = await ask<{ council: Council }>(`/councils/${council ?? ''}`);
      if (answer.council.id !== council) throw strangeCouncil();
      const members = await joint.signatures();
      const entered = form.entered();
      const tell = (stage: string, done: number, all: number): void => {
        moveProgress('seal', done, all);
        for (const [at, each] of stages.entries()) markStep(each, at < stages.indexOf(stage) ? 'done' : each === stage ? 'now' : 'next');
      };
      const made = await sealBid({
        council: answer.council,
        form: desk().terms.bidForm,
        parts: desk().terms.parts,
        policy: desk().terms.sealPolicy,
        entered,
        signer: key,
        members,
        own: identity,
        supersedes: desk().submissions.find((each) => each.status === 'current')?.id ?? null,
        client: ownBuild('bid-page'),
        draftMark: form.mark(),
        tell,
      });
      await keep(made);
      if (before) await forget(before);
      for (const stage of stages) markStep(stage, 'done');
    } finally {
      busy = false;
      window.removeEventListener('beforeunload', stay);
      if (sealed === before) show('[data-sealing]', false);
      mayBeSealed(true);
    }
    showSealed();
    void attempt('upload', send);
  }

  /** A file that was sealed without a line takes the place of steps 1 to 3. */
  async function takeFile(input: HTMLInputElement): Promise<void> {
    const file = input.files?.[0];
    if (file === undefined) return;
    // so that the same file can be chosen again
    input.value = '';
    show('[data-offline-checking]', true);
    try {
      const made = await sealedFromFile(file, desk(), (done, all) => moveProgress('offline', done, all));
      const before = sealed;
      upload?.pause();
      upload = null;
      committed = null;
      show('[data-committed]', false);
      await keep({ ...made, draftMark: form.mark() });
      if (before) await forget(before);
    } finally {
      show('[data-offline-checking]', false);
    }
    showSealed();
    void attempt('upload', send);
  }

  function showSealed(): void {
    if (!sealed) return;
    const { parts } = sealed.statement;
    const price = parseYuan(sealed.price);
    show('[data-sealing]', false);
    show('[data-sealed]', true);
    show('[data-sealed-changed]', sealed.draftMark !== form.mark());
    one('[data-sealed-size]').textContent = bytesText(parts.reduce((sum, part) => sum + part.bytes, 0));
    one('[data-sealed-price]').textContent = price === undefined ? sealed.price || '—' : `¥${withSeparators(price)}`;
    one('[data-sealed-digest]').textContent = digestsOf(parts);
    one('[data-sealed-client]').textContent = clientText(sealed.statement);
    for (const step of ['fill', 'check', 'seal']) markStep(step, 'done');
    show('[data-mark="sealed"]', true);
    show('[data-replaces]', true);
    markStep('upload', 'now');
    markStep('submit', 'next');
    show('[data-receipt]', false);
  }

  // 4
  async function send(): Promise<void> {
    if (!sealed) return;
    show('[data-uploading]', true);
    show('[data-mark="sealed"]', false);
    showUploaded(isUploaded(sealed));
    if (isUploaded(sealed)) return;
    const statement = sealed.statement;
    const current = (): boolean => sealed?.statement.id === statement.id;
    upload = await uploadSealed({
      sealed,
      csrf,
      tell: (sent, all) => current() && moveProgress('upload', sent, all),
      begun: async (part, uploadUrl) => {
        if (!sealed || !current()) return;
        await keep(withEnvelope(sealed, part, { uploadUrl }));
        mayBeCommitted();
      },
      ended: async (part) => {
        if (sealed && current()) await keep(withEnvelope(sealed, part, { uploaded: true }));
      },
      connection: (up) => {
        one('[data-upload-says]').textContent = up ? '' : t(say.offline);
        if (up) mayBeCommitted();
        else mayBeSubmitted(false);
      },
    });
    show('[data-pause]', true);
    show('[data-resume]', false);
    await upload.done.catch((error: unknown) => {
      show('[data-pause]', false);
      show('[data-resume]', true);
      upload = null;
      throw error;
    });
    if (!sealed || !current()) return;
    showUploaded(true);
    if (committed) await complete(committed);
  }

  /** From the moment every upload has an address the bid may be committed: digest, length and head are known. */
  function mayBeCommitted(): void {
    if (sealed && hasBegun(sealed) && !sealed.event && !isUploaded(sealed) && desk().maySubmit)
      mayBeSubmitted(desk().terms.grace !== undefined);
  }

  function showUploaded(whole: boolean): void {
    const bytes = (sealed?.statement.parts ?? []).reduce((sum, part) => sum + part.bytes, 0);
    const place = one('[data-uploading]');
    show(one('[data-mark="uploading"]', place), !whole);
    show(one('[data-mark="uploaded"]', place), whole);
    one('[data-upload-says]').textContent = whole ? t(say.uploaded) : '';
    if (whole) {
      moveProgress('upload', bytes, bytes, 'done');
      show('[data-pause]', false);
      show('[data-resume]', false);
      markStep('upload', 'done');
      markStep('submit', 'now');
    }
    mayBeSubmitted(whole && !sealed?.event);
  }

  function pauseUpload(): void {
    upload?.pause();
    show('[data-pause]', false);
    show('[data-resume]', true);
    one('[data-upload-says]').textContent = t(say.paused);
  }
  function resumeUpload(): void {
    if (!upload) return void attempt('upload', send);
    upload.resume();
    show('[data-pause]', true);
    show('[data-resume]', false);
    one('[data-upload-says]').textContent = '';
  }

  // 5
  async function submit(): Promise<void> {
    if (!sealed) return;
    mayBeSubmitted(false);
    try {
      const submitted = await submitSealed({ sealed, csrf, signer: () => signer.signer(), keep: keepBeside });
      if (submitted === null) return one('#keys').scrollIntoView();
      await receive(submitted);
    } finally {
      if (sealed && !sealed.event) mayBeSubmitted(isUploaded(sealed));
    }
  }

  /** While the statement is on its way the upload goes on: neither may forget what the other has reached. */
  const keepBeside = (next: SealedBid): Promise<void> =>
    keep({ ...next, envelopes: sealed?.statement.id === next.statement.id ? sealed.envelopes : next.envelopes });

  async function receive(submitted: SealedBid): Promise<void> {
    show('[data-receipt-waiting]', true);
    try {
      const receipt = await receiptOfSealed(submitted, desk());
      if ((receipt.event.data as { awaited?: boolean }).awaited) return await commit(receipt);
      await finish(receipt, submitted);
    } finally {
      show('[data-receipt-waiting]', false);
    }
  }

  /** Committed is not submitted: said so, with the moment, until the second receipt is verified. */
  async function commit(receipt: Receipt): Promise<void> {
    committed = receipt;
    const now = await refreshed();
    const until = now.submissions.find((each) => each.id === sealed?.statement.id)?.awaitedUntil;
    show('[data-committed]', true);
    one('[data-committed-says]').textContent = until ? t(say.committed, { at: beijingText(until) }) : t(say.completing);
    if (sealed && isUploaded(sealed)) await complete(receipt);
  }

  async function complete(receipt: Receipt): Promise<void> {
    const done = sealed;
    if (!done) return;
    one('[data-committed-says]').textContent = t(say.completing);
    await receiptOfCompletion(done);
    committed = null;
    show('[data-committed]', false);
    await finish(receipt, done);
  }

  async function finish(receipt: Receipt, submitted: SealedBid): Promise<void> {
    showReceipt(receipt, submitted);
    sealed = undefined;
    await store.sealed.clear().catch(() => undefined);
    await forget(submitted);
    for (const part of ['[data-sealed]', '[data-uploading]', '[data-replaces]']) show(part, false);
    await refreshed();
  }

  function showReceipt(receipt: Receipt, { event, statement }: SealedBid): void {
    one('[data-receipt-at]').textContent = beijingText(receipt.event.at);
    one('[data-receipt-index]').textContent = `#${receipt.index}`;
    const json = new Blob([JSON.stringify(receipt, null, 2)], { type: 'application/json' });
    offerDownload(one<HTMLAnchorElement>('[data-receipt-json]'), json, `receipt-${statement.id}.json`);
    one<HTMLAnchorElement>('[data-receipt-pdf]').href = `/lots/${statement.lot}/papers/submission-receipt?event=${event}`;
    markStep('submit', 'done');
    show('[data-receipt]', true);
    one('[data-receipt]').focus();
  }

  function close(): void {
    for (const part of ['[data-seal-part]', '[data-submit-part]']) one<HTMLFieldSetElement>(part).disabled = true;
    tellTrouble('submit', over());
    void refreshed();
  }

  document.addEventListener('countdown-over', close);
  one('[data-doubts] input').addEventListener('change', (event) => mayBeSealed((event.target as HTMLInputElement).checked));
  const presses: Readonly<Record<string, () => void>> = {
    '[data-check]': () => void attempt('seal', check),
    '[data-forget-draft]': () => void form.forget().then(changed),
    '[data-seal]': () => void attempt('seal', seal),
    '[data-pause]': pauseUpload,
    '[data-resume]': resumeUpload,
    '[data-submit]': () => void attempt('submit', submit),
  };
  for (const [what, act] of Object.entries(presses)) one(what).addEventListener('click', act);
  openCopies(() => sealed, own.identity);
  one('[data-offline-file]').addEventListener('change', (event) => {
    void attempt('offline', () => takeFile(event.target as HTMLInputElement));
  });

  await form.open(changed);
  void openDossier(form, desk, changed).then((opened) => {
    dossier = opened;
  });
  const there = sealed;
  if (!desk().maySubmit) fieldset.disabled = true;
  if (there?.event) {
    await attempt('submit', () => receive(there));
    if (!committed || !sealed || isUploaded(sealed)) return;
  }
  if (there) {
    showSealed();
    await attempt('upload', send);
  }
}

async function forget({ envelopes }: SealedBid): Promise<void> {
  for (const { file } of envelopes) await removeFile(file);
}

/** Digests for comparing with the receipt: of one envelope bare, of several each with its name. */
const digestsOf = (parts: SealedBid['statement']['parts']): string =>
  parts.length === 1 ? (parts[0]?.sha256 ?? '') : parts.map(({ part, sha256 }) => `${t(partTitle(part))} ${sha256}`).join('\n');

const stages: readonly string[] = ['hashing', 'packing', 'statement'];

const stay = (event: BeforeUnloadEvent): void => event.preventDefault();

const strangeCouncil = (): Trouble =>
  new Trouble(
    { zh: '平台给出的开标委员会不是公告写明的那一个。', en: 'The council the platform handed out is not the one the notice names.' },
    { zh: '没有加密，也没有发送任何内容。', en: 'Nothing was sealed or sent.' },
    { zh: '请勿继续，并联系监管部门。', en: 'Do not go on; call the regulator.' },
  );
const over = (): Trouble =>
  new Trouble(
    { zh: '投标截止时间已到。', en: 'The deadline has passed.' },
    {
      zh: '此后不能再递交、替换或撤回；截止前已核验回执的投标有效，文件仍在上传的须在宽限内传完。',
      en: 'Nothing more can be submitted, replaced or withdrawn; a bid whose receipt was verified before stands, one still uploading must be whole within its grace.',
    },
    { zh: '请到开标大厅参加开标。', en: 'Take part in the opening, in the hall.' },
  );

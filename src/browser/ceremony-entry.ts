import { noteKeyTypes, noteSigner, printSignerKey, printVerifierKey } from '../journal/checkpoint.ts';
import { base64, base64url, fromBase64url } from '../kernel/bytes.ts';
import { Problem } from '../kernel/problem.ts';
import { fill, type Words } from '../kernel/words.ts';
import {
  joinCeremony,
  type MadeKey,
  type MemberSecret,
  type MemberStep,
  nextStep,
  openSecret,
  type SealedShare,
  sealSecret,
} from '../sealing/ceremony-member.ts';
import { type CeremonyKind, type CeremonyStatement, type CeremonyTranscript, statementBytes } from '../sealing/ceremony-messages.ts';
import { type Certificate, readCertificates } from '../sealing/certificate.ts';
import { signDetached } from '../sealing/signature.ts';
import type { Signer } from '../sealing/signer.ts';
import { keyPassphraseFits, openTrusteeKey, sealTrusteeKey } from '../sealing/trustee-key.ts';
import { serverNow } from './clock.ts';
import { download, maybe, one, show } from './desk-parts.ts';
import { t } from './page-words.ts';
import { ask, isOffline, Refused } from './platform.ts';
import { signerChoice } from './signer.ts';
import { mark } from './verdicts.ts';

/** A trustee's side of a key ceremony, carried by the page: it checks what it is shown, says what follows, and asks its person before the last word. */
const say = {
  short: { zh: '口令至少 12 个字符，首尾不能有空格。', en: 'A passphrase has at least 12 characters and no blank at either end.' },
  differ: { zh: '两次输入的口令不同。', en: 'The two passphrases differ.' },
  joined: {
    zh: '已生成本机构的部分，并用口令密封保存在本浏览器',
    en: 'Your part is made, and kept in this browser sealed under the passphrase',
  },
  goesOn: { zh: '已从本浏览器保存的内容继续', en: 'Going on from what this browser keeps' },
  checked: { zh: '全部消息的签名、顺序和内容已核对', en: 'Every message was checked: signatures, order, content' },
  waiting: { zh: '等待其他机构：{who}', en: 'Waiting for: {who}' },
  hash: { zh: '已公布文件的哈希', en: 'The hash of your package is published' },
  package: { zh: '已公布文件', en: 'Your package is published' },
  shares: { zh: '已向其他各方分发密封的份额', en: 'Sealed shares are dealt to all others' },
  confirmation: { zh: '已确认', en: 'Confirmed' },
  complaint: {
    zh: '收到的份额不成立：已提出投诉，仪式终止',
    en: 'A share you were dealt is wrong: a complaint has been made, and the ceremony ends',
  },
  ready: { zh: '全部份额成立。请保存文件并核对后确认。', en: 'Every share holds. Keep the files, compare the code, then confirm.' },
  formed: { zh: '委员会已成立', en: 'The council is formed' },
  failed: { zh: '仪式终止：第 {place} 席的份额不成立', en: 'The ceremony has ended: a share of trustee {place} is wrong' },
  proved: { zh: '密钥文件可以打开，内容正确', en: 'The key file opens and is the right one' },
  notIt: { zh: '不是本次仪式产生的密钥文件，或口令不同。', en: 'This is not the key file of this ceremony, or its passphrase is another.' },
  offline: { zh: '连接中断，稍后自动重试', en: 'No connection; it goes on by itself' },
  noFile: { zh: '根证书文件无法读取。', en: 'The file of root certificates cannot be read.' },
} as const satisfies Readonly<Record<string, Words>>;

interface Session {
  readonly secret: MemberSecret;
  readonly passphrase: string;
  readonly signer: Signer;
  /** what the institution trusts; null takes what the transcript names */
  readonly anchors: readonly Certificate[] | null;
}

const root = maybe('[data-ceremony]');
if (root && root.dataset.state === 'open') startDesk(root);

function startDesk(part: HTMLElement): void {
  const { ceremony: id = '', index = '', csrf = '' } = part.dataset;
  const kept = `yangguang-ceremony/${id}/${index}`;
  const log = one('[data-ceremony-log]', part);
  const go = one<HTMLButtonElement>('[data-ceremony-go]', part);
  const confirm = one<HTMLButtonElement>('[data-ceremony-confirm]', part);
  const choice = signerChoice(one('[data-signer]', part));
  const value = (field: string): string => one<HTMLInputElement>(`#ceremony-${field}`, part).value;
  const path = `/ceremonies/${id}`;
  let last = '';
  const line = (verdict: 'verified' | 'refuted', text: string): void => {
    if (text === last) return; // a wait looks again and again and says it once
    last = text;
    const item = document.createElement('li');
    item.append(mark(verdict, text));
    log.append(item);
  };
  for (const field of part.querySelectorAll<HTMLElement>('[data-ceremony-new]')) field.hidden = localStorage.getItem(kept) !== null;

  const transcript = (): Promise<CeremonyTranscript> => ask<CeremonyTranscript>(`${path}/transcript`);

  async function begin(): Promise<Session | null> {
    const passphrase = value('passphrase');
    if (!keyPassphraseFits(passphrase)) return refuse(t(say.short));
    const sealed = localStorage.getItem(kept);
    if (sealed === null && passphrase !== value('again')) return refuse(t(say.differ));
    const file = one<HTMLInputElement>('#ceremony-anchors', part).files?.[0];
    const anchors = file === undefined ? null : readCertificates(await file.text());
    if (anchors?.length === 0) return refuse(t(say.noFile));
    const signer = await (await choice).signer();
    if (signer === null) return null;
    if (sealed !== null) {
      const opened = await openSecret(fromBase64url(sealed) ?? new Uint8Array(), passphrase);
      if (!opened.ok) return refuse(t(opened.problem.title));
      line('verified', t(say.goesOn));
      return { secret: opened.secret, passphrase, signer, anchors };
    }
    const { call } = await transcript();
    const witness = noteSigner(value('program').trim(), crypto.getRandomValues(new Uint8Array(32)), noteKeyTypes.cosignature);
    const secret = await joinCeremony(call, Number(index), { vkey: printVerifierKey(witness), key: printSignerKey(witness) });
    // kept before the first word is said: what was said cannot be said again with another polynomial
    localStorage.setItem(kept, base64url(await sealSecret(secret, passphrase)));
    line('verified', t(say.joined));
    return { secret, passphrase, signer, anchors };
  }
  const refuse = (text: string): null => {
    last = '';
    line('refuted', text);
    return null;
  };

  async function step({ secret, anchors }: Session): Promise<MemberStep> {
    const shown = await transcript();
    const { shares } = await ask<{ shares: SealedShare[] }>(`${path}/shares`);
    return nextStep(secret, shown, shares, anchors ?? shown.anchors.flatMap((pem) => readCertificates(pem)));
  }
  async function speak({ signer }: Session, statement: CeremonyStatement, sealed: readonly SealedShare[] = []): Promise<void> {
    const signature = base64(await signDetached(statementBytes(statement), signer, serverNow()));
    const body = { statement, signature, sealed: sealed.map(({ to, sealed: text }) => ({ to, sealed: text })) };
    await ask(`${path}/messages`, { body, csrf });
    line('verified', t(say[statement.kind satisfies CeremonyKind]));
  }

  /** Goes as far as it goes without its person; answers whether it is over. */
  async function advance(session: Session): Promise<boolean> {
    const next = await step(session);
    if (next.kind === 'wait') {
      const names = (await transcript()).call.trustees.filter((each) => next.waitingFor.includes(each.index)).map((each) => each.name);
      line('verified', fill(say.waiting, { who: names.join('、') })[document.documentElement.lang.startsWith('en') ? 'en' : 'zh']);
      return false;
    }
    if (next.kind === 'say') await speak(session, next.statement, next.sealed);
    if (next.kind === 'complain') await speak(session, next.statement);
    if (next.kind === 'failed') line('refuted', t(say.failed, { place: next.culprit }));
    if (next.kind === 'formed') line('verified', t(say.formed));
    if (next.kind === 'confirm') {
      await askPerson(session, next.made);
      await speak(session, next.statement);
    }
    return next.kind === 'failed' || next.kind === 'formed' || next.kind === 'complain';
  }

  /** Files kept and opened again, code compared: only then may the last word be said. */
  async function askPerson(session: Session, made: MadeKey): Promise<void> {
    const files = await filesOf(session, made, (await transcript()).call.platform);
    one('[data-ceremony-code]', part).textContent = made.code;
    show(one('[data-ceremony-made]', part), true);
    line('verified', t(say.ready)); // said only when what it speaks of is there to be compared and saved
    for (const button of part.querySelectorAll<HTMLButtonElement>('[data-ceremony-file]')) {
      const name = button.dataset.ceremonyFile ?? '';
      button.onclick = () => download(new Blob([files[name] ?? '']), name);
    }
    const proof = one<HTMLInputElement>('#ceremony-proof', part);
    const compared = one<HTMLInputElement>('#ceremony-compared', part);
    let proved = false;
    const ready = (): void => {
      confirm.disabled = !(proved && compared.checked);
    };
    compared.onchange = ready;
    proof.onchange = async () => {
      const file = proof.files?.[0];
      const opened = file && (await openTrusteeKey(new Uint8Array(await file.arrayBuffer()), session.passphrase));
      proved = opened?.ok === true && opened.key.council === made.council.id && opened.key.signingShare === made.share.signingShare;
      line(proved ? 'verified' : 'refuted', t(proved ? say.proved : say.notIt));
      ready();
    };
    await new Promise<void>((said) => {
      confirm.onclick = () => said();
    });
    confirm.disabled = true;
  }

  go.addEventListener('click', async () => {
    go.disabled = true;
    try {
      const session = await begin();
      if (session === null) return;
      show(one('[data-ceremony-start]', part), false);
      line('verified', t(say.checked));
      for (let over = false; !over; ) {
        over = await advance(session).catch((error: unknown) => {
          if (!isOffline(error)) throw error;
          line('refuted', t(say.offline));
          return false;
        });
        if (!over) await new Promise((soon) => setTimeout(soon, 1500));
      }
    } catch (error) {
      refuse(told(error));
      show(one('[data-ceremony-start]', part), true);
    } finally {
      go.disabled = false;
    }
  });
}

/** What the trustee keeps, under the names that its custodian's program looks for. */
async function filesOf(
  { secret, passphrase }: Session,
  { council, share, identity, witnesses }: MadeKey,
  platform: string,
): Promise<Record<string, BlobPart>> {
  const key = await sealTrusteeKey({ council: council.id, index: share.index, signingShare: share.signingShare, identity }, passphrase);
  return {
    'trustee-key.age': key as Uint8Array<ArrayBuffer>,
    'witness.key': `${secret.witnessKey ?? ''}\n`,
    'trust.json': JSON.stringify({ platform, witnesses, quorum: council.threshold, council }),
  };
}

function told(error: unknown): string {
  if (error instanceof Refused) return t(error.says);
  if (error instanceof Problem) return t(error.title);
  return error instanceof Error ? error.message : String(error);
}

import { readCertificates } from '../sealing/certificate.ts';
import { createSigningRequest, signingRequestPem } from '../sealing/issuing.ts';
import { createKeyFile, openKeyFile, passphraseFits, renewPassphrase } from '../sealing/key-file.ts';
import type { Suite } from '../sealing/scheme.ts';
import { type KeyPair, newKeyPairOf } from '../sealing/signer.ts';
import { download, tellIn } from './desk-parts.ts';
import { forgetKey, keepKey, keptKeys } from './kept-keys.ts';

/** The page /certificates: the key is made here, certified by the platform, locked into a file, and never sent. */
const form = document.querySelector<HTMLFormElement>('[data-make-certificate]');
if (form) {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void make(form);
  });
  form.addEventListener('change', () => offerKeeping(form));
  offerKeeping(form);
  void markKept(form.dataset.holder ?? '');
}

function suiteIn(asked: HTMLFormElement): Suite {
  return new FormData(asked).get('suite') === 'sm' ? 'sm' : 'international';
}

/** Only WebCrypto can hold a key that a page may use and not read, and it knows no SM2: such a key is not kept here. */
function offerKeeping(asked: HTMLFormElement): void {
  const box = asked.querySelector<HTMLInputElement>('input[name="remember"]')?.closest<HTMLElement>('.field');
  if (box) box.hidden = suiteIn(asked) === 'sm';
}

const keyFile = document.querySelector<HTMLFormElement>('[data-open-key-file]');
if (keyFile) {
  keyFile.addEventListener('submit', (event) => {
    event.preventDefault();
    void useKeyFile(keyFile, event.submitter instanceof HTMLButtonElement ? event.submitter.value : 'keep');
  });
}

/** A key file that somebody has: kept in this browser, or locked with another passphrase. It is read here and never sent. */
async function useKeyFile(asked: HTMLFormElement, what: string): Promise<void> {
  const given = new FormData(asked);
  const chosen = given.get('file');
  const said = one('[data-said]');
  said.hidden = true;
  refuse(asked, '');
  if (!(chosen instanceof File)) return;
  const bytes = new Uint8Array(await chosen.arrayBuffer());
  const passphrase = String(given.get('filePassphrase') ?? '');
  const done = what === 'rewrap' ? await rewrapped(asked, chosen.name, bytes, passphrase) : await keptFrom(asked, bytes, passphrase);
  if (done === null) return;
  said.textContent = done;
  said.hidden = false;
}

const inLanguage = (asked: HTMLFormElement, words: { readonly zh: string; readonly en: string }): string =>
  asked.dataset.lang === 'en' ? words.en : words.zh;

async function rewrapped(asked: HTMLFormElement, name: string, bytes: Uint8Array, passphrase: string): Promise<string | null> {
  const verdict = await renewPassphrase(bytes, passphrase, String(new FormData(asked).get('nextPassphrase') ?? ''));
  if (!verdict.ok) {
    refuse(asked, inLanguage(asked, verdict.problem.title));
    return null;
  }
  download(new Blob([new Uint8Array(verdict.file)], { type: 'application/x-pkcs12' }), name);
  return asked.dataset.rewrapped ?? '';
}

async function keptFrom(asked: HTMLFormElement, bytes: Uint8Array, passphrase: string): Promise<string | null> {
  const opened = await openKeyFile(bytes, passphrase);
  const strange = opened.ok && !(asked.dataset.standing ?? '').split(' ').includes(opened.signer.certificate.fingerprint);
  if (!opened.ok || strange) {
    refuse(asked, opened.ok ? (asked.dataset.strange ?? '') : inLanguage(asked, opened.problem.title));
    return null;
  }
  const { key, signer } = opened;
  // only WebCrypto can hold a key that a page may use and not read
  if (!(key instanceof CryptoKey)) {
    refuse(asked, asked.dataset.notKept ?? '');
    return null;
  }
  await keepKey(asked.dataset.holder ?? '', key, signer.certificate, signer.chain);
  await markKept(asked.dataset.holder ?? '');
  return asked.dataset.kept ?? '';
}

type Step = 'key' | 'request' | 'file';

async function make(asked: HTMLFormElement): Promise<void> {
  const given = new FormData(asked);
  const passphrase = String(given.get('passphrase') ?? '');
  if (!passphraseFits(passphrase)) return refuse(asked, asked.dataset.weak ?? '');
  if (passphrase !== given.get('again')) return refuse(asked, asked.dataset.differ ?? '');
  refuse(asked, '');
  asked.hidden = true;
  const progress = one('[data-certificate-progress]');
  progress.hidden = false;
  try {
    const { privateKey, pems } = await certified(asked);
    mark('file', 'now');
    const [certificate, ...chain] = readCertificates(pems);
    if (certificate === undefined) throw new Error('no certificate came back');
    if (given.get('remember') && !('kind' in privateKey)) await keepKey(asked.dataset.holder ?? '', privateKey, certificate, chain);
    const file = await createKeyFile(privateKey, certificate, chain, passphrase);
    mark('file', 'done');
    const kind = 'kind' in privateKey ? pemKind : p12Kind;
    offer(file, `${asked.dataset.name ?? 'yangguang'}-${certificate.serial.slice(0, 8)}.${kind.ending}`, kind.type);
  } catch (error) {
    asked.hidden = false;
    progress.hidden = true;
    refuse(asked, error instanceof Refused ? error.message : `${asked.dataset.failed} (${String(error)})`);
  }
}

/** A refusal by the platform, in the page's language. */
class Refused extends Error {}

const p12Kind = { ending: 'p12', type: 'application/x-pkcs12' } as const;
const pemKind = { ending: 'pem', type: 'application/x-pem-file' } as const;

async function certified(asked: HTMLFormElement): Promise<{ privateKey: KeyPair['privateKey']; pems: string }> {
  mark('key', 'now');
  const pair = await newKeyPairOf(suiteIn(asked));
  mark('key', 'done');
  mark('request', 'now');
  // The platform takes the name from its register; the one in the request is only for people who look at it.
  const csr = signingRequestPem(await createSigningRequest({ commonName: asked.dataset.name ?? '' }, pair));
  const renews = String(new FormData(asked).get('renews') ?? '');
  const response = await fetch(renews === '' ? '/api/certificates' : `/api/certificates/${renews}/renewal`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf-token': asked.dataset.csrf ?? '' },
    body: JSON.stringify({ csr }),
  });
  const answer = (await response.json()) as Record<string, string>;
  if (!response.ok) {
    const english = asked.dataset.lang === 'en';
    throw new Refused((english ? (answer.detailEn ?? answer.titleEn) : (answer.detail ?? answer.title)) ?? '');
  }
  mark('request', 'done');
  return { privateKey: pair.privateKey, pems: `${answer.certificate}${answer.chain}` };
}

function one(what: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(what);
  if (found === null) throw new Error(`the page has no ${what}`);
  return found;
}

/** The icons of every state are in the page once; here only the class and what is read out change. */
function mark(step: Step, state: 'now' | 'done'): void {
  const line = one(`[data-step="${step}"]`);
  line.className = `step step-${state}`;
  line.toggleAttribute('aria-current', state === 'now');
  const use = line.querySelector('use');
  const sprite = use?.getAttribute('href')?.split('#')[0] ?? '';
  use?.setAttribute('href', `${sprite}#${state === 'now' ? 'hourglass' : 'check'}`);
}

function refuse(asked: HTMLFormElement, text: string): void {
  const wrong = asked.querySelector<HTMLElement>('[data-wrong]');
  if (wrong) tellIn(wrong, text);
}

function offer(file: Uint8Array, name: string, type: string): void {
  const link = one('[data-key-file]') as HTMLAnchorElement;
  link.href = URL.createObjectURL(new Blob([new Uint8Array(file)], { type }));
  link.download = name;
  const done = one('[data-certificate-done]');
  done.hidden = false;
  link.focus();
}

/** Says beside each certificate whether this browser can sign with it; the key of a revoked one is let go. */
async function markKept(holder: string): Promise<void> {
  const kept = new Set((await keptKeys(holder)).map((key) => key.fingerprint));
  for (const pill of document.querySelectorAll<HTMLElement>('[data-key-here]')) {
    const fingerprint = pill.dataset.keyHere ?? '';
    const revoked = 'keyRevoked' in pill.dataset;
    if (revoked && kept.has(fingerprint)) await forgetKey(fingerprint);
    pill.hidden = revoked || !kept.has(fingerprint);
  }
}

import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  noteIsSignedBy,
  noteKeyTypes,
  noteSigner,
  openCheckpoint,
  parseNote,
  parseSignerKey,
  parseVerifierKey,
  printSignerKey,
  printVerifierKey,
  signCheckpoint,
  withSignatureLine,
} from '../../src/journal/checkpoint.ts';
import { commit, inclusionProof, leafHash, nodesOver, rootOf } from '../../src/journal/merkle.ts';
import { makeReceipt, verifyReceipt } from '../../src/journal/receipt.ts';
import { cosign, cosignedAt } from '../../src/journal/witness.ts';
import { canonical, fromBase64url } from '../../src/kernel/bytes.ts';

const vector = (name: string): unknown => JSON.parse(readFileSync(new URL(`../vectors/${name}`, import.meta.url), 'utf8'));
const journal = vector('journal.json') as { key: string; witnessKey: string; checkpoint: string };
const read = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('the vector cannot be read');
  return value;
};
const platform = read(parseVerifierKey(journal.key));
const witness = read(parseVerifierKey(journal.witnessKey));
const seed = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);

describe('protocol §1: checkpoints, cosignatures and receipts of the independent vectors', () => {
  it('reads and prints the keys alike', () => {
    expect(printVerifierKey(platform)).toBe(journal.key);
    expect(printVerifierKey(witness)).toBe(journal.witnessKey);
  });
  it('verifies the checkpoint and its witness', () => {
    const opened = openCheckpoint(journal.checkpoint, platform);
    if (typeof opened === 'string') throw new Error(opened);
    expect(opened.checkpoint.size).toBe(11);
    expect(cosignedAt(opened.note, witness)).toBe(1795347012);
    expect(noteIsSignedBy(opened.note, witness)).toBe(false);
    expect(cosignedAt(opened.note, platform)).toBeUndefined();
  });
  it('verifies the receipt', () => {
    expect(verifyReceipt(vector('receipt.json'), platform).ok).toBe(true);
  });
  it.each([
    ['event', 'not-included'],
    ['index', 'not-included'],
    ['proof', 'not-included'],
    ['salt', 'not-included'],
    ['time', 'not-included'],
    ['checkpoint-size', 'bad-signature'],
  ])('refuses the receipt with a tampered %s: %s', (name, fault) => {
    expect(verifyReceipt(vector(`tampered/receipt-${name}.json`), platform)).toEqual({ ok: false, fault });
  });
});

describe('checkpoints', () => {
  const key = noteSigner('节点.example/journal', seed(1));
  const eye = noteSigner('eye.example', seed(2), noteKeyTypes.cosignature);
  const signed = signCheckpoint({ origin: key.name, size: 5, root: seed(9) }, key);
  const body = signed.slice(0, signed.indexOf('\n\n') + 1);
  const cosigned = withSignatureLine(signed, cosign(body, 1_700_000_000, eye));

  it('are what they were signed as', () => {
    const opened = openCheckpoint(cosigned, key);
    if (typeof opened === 'string') throw new Error(opened);
    expect(opened.checkpoint).toEqual({ origin: key.name, size: 5, root: seed(9) });
    expect(cosignedAt(opened.note, eye)).toBe(1_700_000_000);
  });

  it('are refused with any character changed', () => {
    const holds = (text: string): boolean => {
      const opened = openCheckpoint(text, key);
      return typeof opened !== 'string' && cosignedAt(opened.note, eye) !== undefined;
    };
    expect(holds(cosigned)).toBe(true);
    for (let i = 0; i < cosigned.length; i++) {
      const character = cosigned.charCodeAt(i);
      for (const other of [character ^ 1, character ^ 32, 10, 61]) {
        if (other === character) continue;
        expect(holds(`${cosigned.slice(0, i)}${String.fromCharCode(other)}${cosigned.slice(i + 1)}`)).toBe(false);
      }
      expect(holds(cosigned.slice(0, i) + cosigned.slice(i + 1))).toBe(false);
    }
  });

  it('of another journal are refused even under the right key', () => {
    expect(openCheckpoint(signCheckpoint({ origin: 'other.example', size: 5, root: seed(9) }, key), key)).toBe('wrong-origin');
  });
  it('do not count two signatures of one key', () => {
    const line = signed.slice(signed.indexOf('—'));
    expect(parseNote(`${signed}${line}`)).toBeUndefined();
  });
  it('are refused with leading zeros, extension lines or a short root', () => {
    const resign = (text: string): string => {
      const whole = signCheckpoint({ origin: key.name, size: 5, root: seed(9) }, key);
      return text + whole.slice(whole.indexOf('\n\n') + 1);
    };
    for (const odd of [`${key.name}\n05\n\n`, `${key.name}\n5\nAAAA\n`, `${body}extension\n`])
      expect(openCheckpoint(resign(odd), key)).toBe('malformed');
  });
});

describe('note keys', () => {
  it('survive printing and reading', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.constantFrom(...Object.values(noteKeyTypes)), (secret, type) => {
        const key = noteSigner('a.example/journal', secret, type);
        expect(parseSignerKey(printSignerKey(key))).toEqual(key);
        const { secretKey: _, ...verifier } = key;
        expect(parseVerifierKey(printVerifierKey(key))).toEqual(verifier);
      }),
      { numRuns: 20 },
    );
  });
  it('are refused with any character changed', () => {
    for (let i = 0; i < journal.key.length; i++) {
      const other = journal.key[i] === 'A' ? 'B' : 'A';
      expect(parseVerifierKey(journal.key.slice(0, i) + other + journal.key.slice(i + 1))).toBeUndefined();
    }
    expect(() => noteSigner('a b', seed(1))).toThrow(RangeError);
  });
  it('of the log do not cosign, and the other way round', () => {
    expect(() => cosign('a\n', 1, noteSigner('a', seed(1)))).toThrow(RangeError);
    expect(() => cosign('a\n', 0, noteSigner('a', seed(1), noteKeyTypes.cosignature))).toThrow(RangeError);
  });
});

describe('receipts', () => {
  const key = noteSigner('a.example/journal', seed(3));
  const events = Array.from({ length: 9 }, (_, n) => ({
    type: 'bid.received',
    at: '2026-01-01T00:00:00.000Z',
    subject: { lot: 'x' },
    data: { n },
  }));
  const salts = events.map((_, n) => seed(n));
  const hashes = events.map((event, n) => leafHash(commit(event, salts[n] as Uint8Array).commitment));
  const checkpoint = signCheckpoint({ origin: key.name, size: 9, root: rootOf(hashes) }, key);
  const receipt = (n: number) =>
    makeReceipt(events[n] as (typeof events)[0], salts[n] as Uint8Array, n, inclusionProof(n, 9, nodesOver(hashes)), checkpoint);

  it('verify for every event', () => {
    for (let n = 0; n < 9; n++) expect(verifyReceipt(receipt(n), key).ok).toBe(true);
  });
  it('are refused with any character of their canonical text changed', () => {
    const text = canonical(receipt(5));
    for (let i = 0; i < text.length; i++) {
      const changed = `${text.slice(0, i)}${text[i] === 'b' ? 'c' : 'b'}${text.slice(i + 1)}`;
      let value: unknown;
      try {
        value = JSON.parse(changed);
      } catch {
        continue;
      }
      expect(verifyReceipt(value, key).ok).toBe(false);
    }
  });
  it('are refused under another key, without a member, or with one more', () => {
    expect(verifyReceipt(receipt(1), noteSigner('a.example/journal', seed(4)))).toEqual({ ok: false, fault: 'bad-signature' });
    expect(verifyReceipt(receipt(1), noteSigner('b.example/journal', seed(3)))).toEqual({ ok: false, fault: 'wrong-origin' });
    for (const member of Object.keys(receipt(1))) {
      const { [member as 'salt']: _, ...rest } = receipt(1);
      expect(verifyReceipt(rest, key)).toEqual({ ok: false, fault: 'unreadable' });
    }
    expect(verifyReceipt({ ...receipt(1), comment: 'x' }, key)).toEqual({ ok: false, fault: 'unreadable' });
    for (const odd of [null, [], 'x', 7]) expect(verifyReceipt(odd, key)).toEqual({ ok: false, fault: 'unreadable' });
  });
});

describe('RFC 8785', () => {
  it.each(['arrays', 'french', 'structures', 'unicode', 'values', 'weird'])('canonicalizes %s as published', (name) => {
    const at = (folder: string): URL => new URL(`../vectors/jcs/testdata/${folder}`, import.meta.url);
    const made = canonical(JSON.parse(readFileSync(at(`input/${name}.json`), 'utf8')));
    expect(made).toBe(readFileSync(at(`output/${name}.json`), 'utf8'));
    const hex = readFileSync(at(`outhex/${name}.txt`), 'utf8').replaceAll(/\s/g, '');
    expect(Buffer.from(made).toString('hex')).toBe(hex);
  });
  it('refuses what JSON cannot carry', () => {
    for (const odd of [undefined, Number.NaN, '\ud800', { a: Number.POSITIVE_INFINITY }]) expect(() => canonical(odd)).toThrow();
  });
  it('reads only the one base64url of each value', () => {
    expect(fromBase64url('AA')).toEqual(Uint8Array.of(0));
    for (const odd of ['AB', 'A', 'AA==', 'A A', 'A+']) expect(fromBase64url(odd)).toBeUndefined();
  });
});

import { textOf } from '../kernel/bytes.ts';
import type { Words } from '../kernel/words.ts';
import { digest } from './fingerprint.ts';
import { type PaperKind, paperKinds, papers, renderPaper } from './index.ts';
import { loadFonts } from './load-fonts.ts';

/** What became of a paper that somebody holds, when it was made again from the data attached to it. */
export interface PaperVerdict {
  readonly result: 'verified' | 'refuted' | 'unreadable';
  readonly says: Words;
  readonly kind: PaperKind | null;
  /** base64url SHA-256 of the data: what the journal's event and the code on the first page name */
  readonly dataHash: string | null;
  /** of the bytes given */
  readonly sha256: string;
}

/**
 * Renders a paper again from its own data.json and compares byte by byte. `verified`: these bytes are what this platform's template makes of
 * that data and of nothing else. Whether the data is true is told by the journal, which holds both hashes.
 */
export async function checkPaper(bytes: Uint8Array): Promise<PaperVerdict> {
  const sha256 = digest(bytes);
  const unreadable = (says: Words): PaperVerdict => ({ result: 'unreadable', says, kind: null, dataHash: null, sha256 });
  const read = readPaper(bytes);
  if (!read)
    return unreadable({ zh: '不是本平台出具的文书，或文件不完整。', en: 'This is no paper of this platform, or not a whole one.' });
  const { kind, version, fonts, data } = read;
  if (version !== papers[kind].version || fonts !== loadFonts().hash)
    return unreadable({
      zh: `该文书使用模板 ${kind}/${version}、字体 ${fonts.slice(0, 8)}…，本程序为模板 ${kind}/${papers[kind].version}：请用当时的版本核验。`,
      en: `The paper was made with template ${kind}/${version} and fonts ${fonts.slice(0, 8)}…; this program has ${kind}/${papers[kind].version}. Check it with the edition of that time.`,
    });
  const shaped = papers[kind].data.safeParse(data);
  if (!shaped.success)
    return {
      result: 'refuted',
      says: { zh: '所附数据不是该类文书的数据。', en: 'The attached data is not of such a paper.' },
      kind,
      dataHash: null,
      sha256,
    };
  const again = await renderPaper(kind, shaped.data as never);
  return { ...compared(bytes, again.bytes), kind, dataHash: again.dataHash, sha256 };
}

function compared(given: Uint8Array, made: Uint8Array): Pick<PaperVerdict, 'result' | 'says'> {
  const first = made.findIndex((byte, at) => given[at] !== byte);
  if (first < 0 && given.length === made.length)
    return {
      result: 'verified',
      says: {
        zh: `由所附数据重新生成，${made.length} 字节逐一相同。`,
        en: `Made again from its data: all ${made.length} bytes are the same.`,
      },
    };
  if (first < 0)
    return {
      result: 'refuted',
      says: {
        zh: `前 ${made.length} 字节与重新生成的文书相同，其后附加了 ${given.length - made.length} 字节：附加的内容可以改变所显示的文字。`,
        en: `The first ${made.length} bytes are the paper; ${given.length - made.length} bytes were appended, which can change what is shown.`,
      },
    };
  return {
    result: 'refuted',
    says: {
      zh: `与由所附数据重新生成的文书不同（自第 ${first + 1} 字节起）。`,
      en: `It differs from what its data makes, from byte ${first + 1} on.`,
    },
  };
}

interface ReadPaper {
  readonly kind: PaperKind;
  readonly version: number;
  readonly fonts: string;
  readonly data: unknown;
}

/** Template and attached data of a file. Nothing here is believed: the whole file is compared afterwards. */
function readPaper(bytes: Uint8Array): ReadPaper | undefined {
  const text = Buffer.from(bytes).toString('latin1');
  const template = /data:[\w-]{43} template:([a-z-]{1,40})\/(\d{1,4}) fonts:([\w-]{43})/.exec(text);
  const kind = paperKinds.find((each) => each === template?.[1]);
  const attached = /\/Type \/EmbeddedFile\b[\s\S]{0,400}?\/Length (\d{1,9})\n>>\nstream\n/.exec(text);
  if (!template || !kind || !attached) return undefined;
  const from = attached.index + attached[0].length;
  const json = textOf(bytes.subarray(from, from + Number(attached[1])));
  const data = json === undefined ? undefined : parsed(json);
  return data === undefined ? undefined : { kind, version: Number(template[2]), fonts: template[3] ?? '', data };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined; // whoever altered the attachment altered the paper
  }
}

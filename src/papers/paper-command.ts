import { checkPaper } from './check-paper.ts';

const marks = { verified: '✓ 已核验', refuted: '✗ 不成立', unreadable: '无法读取' } as const;
const english = { verified: 'verified', refuted: 'refuted', unreadable: 'unreadable' } as const;

/** Prints what `yangguang paper FILE.pdf` found; answers the verdict's name. */
export async function paperVerdict(bytes: Uint8Array, asked: { readonly json: boolean; readonly tell: (line: string) => void }) {
  const verdict = await checkPaper(bytes);
  if (asked.json) {
    asked.tell(JSON.stringify(verdict));
    return verdict.result;
  }
  asked.tell(`${marks[verdict.result]} ${english[verdict.result]}`);
  asked.tell(`${verdict.says.zh} · ${verdict.says.en}`);
  if (verdict.kind) asked.tell(`文书 kind          ${verdict.kind}`);
  if (verdict.dataHash) asked.tell(`数据指纹 data hash ${verdict.dataHash}`);
  asked.tell(`文件 SHA-256       ${verdict.sha256}`);
  if (verdict.result === 'verified')
    asked.tell(
      '与日志事件 paper.issued、paper.delivered 或 paper.filed 所载摘要一致，即为平台所出具 · issued by the platform where the journal’s paper event holds these hashes',
    );
  return verdict.result;
}

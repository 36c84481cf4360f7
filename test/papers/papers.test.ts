import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { events } from '../../src/journal/event.ts';
import { canonicalBytes } from '../../src/kernel/bytes.ts';
import { dataHashOf, type PaperKind, paperKinds, papers, renderPaper } from '../../src/papers/index.ts';
import type { RenderedPaper } from '../../src/papers/paper.ts';
import { blindReview, samples } from './samples-award.ts';
import { bidder, drawRecord, finalDrawRecord, openingRecord, submissionReceipt } from './samples-opening.ts';

const root = join(import.meta.dirname, '../..');
const textOf = (paper: RenderedPaper): string => Buffer.from(paper.bytes).toString('latin1');
const drawnText = (paper: RenderedPaper): string => paper.log.lines.map(({ text }) => text).join('\n');
const rendered = new Map<PaperKind, Promise<RenderedPaper>>();
/** The sample of a kind, rendered once for all tests that only look at it. */
function render(kind: PaperKind): Promise<RenderedPaper> {
  const paper = rendered.get(kind) ?? renderPaper(kind, samples[kind] as never);
  rendered.set(kind, paper);
  return paper;
}
const overflowing = (paper: RenderedPaper) =>
  paper.log.lines.filter((line) => line.x < 0 || line.x + line.width > line.right + 0.5 || line.y > 841.89 - 30);

describe('every paper', () => {
  it.each(paperKinds)('%s: the same data gives the same bytes', async (kind) => {
    const first = await render(kind);
    const again = await renderPaper(kind, structuredClone(samples[kind]) as never);
    expect(Buffer.compare(Buffer.from(first.bytes), Buffer.from(again.bytes))).toBe(0);
    expect(again.sha256).toBe(first.sha256);
    expect(textOf(first).startsWith('%PDF-1.7')).toBe(true);
  });

  it.each(paperKinds)('%s: nothing passes its box or leaves the page', async (kind) => {
    const paper = await render(kind);
    expect(overflowing(paper)).toEqual([]);
    expect(paper.log.lonelySeal).toBe(false);
  });

  it.each(paperKinds)('%s: carries the hash of its data on every page and in its info, and the data itself', async (kind) => {
    const paper = await render(kind);
    expect(paper.dataHash).toBe(dataHashOf(samples[kind]));
    expect((textOf(paper).match(/\/Type \/Page\n/g) ?? []).length).toBe(paper.log.pages);
    for (let page = 1; page <= paper.log.pages; page += 1) {
      const feet = paper.log.lines.filter((line) => line.page === page).map(({ text }) => text);
      expect(feet.some((text) => text.includes(paper.dataHash))).toBe(true);
      expect(feet.some((text) => text.includes(`第 ${page} 页 共 ${paper.log.pages} 页`))).toBe(true);
      expect(feet.some((text) => text.includes('演示环境'))).toBe(true);
    }
    expect(textOf(paper)).toContain(`data:${paper.dataHash} template:${kind}/${papers[kind].version} fonts:`);
    expect(Buffer.from(paper.bytes).includes(Buffer.from(canonicalBytes(samples[kind])))).toBe(true);
  });

  it('changes its hash and its bytes when the data changes', async () => {
    const before = await render('award-notice');
    const after = await renderPaper('award-notice', { ...samples['award-notice'], price: '118000000.01' });
    expect(after.dataHash).not.toBe(before.dataHash);
    expect(after.sha256).not.toBe(before.sha256);
    expect(drawnText(after)).toContain('人民币壹亿壹仟捌佰万元零壹分');
  });

  it('gives the same bytes in another process, time zone and language', async () => {
    const script = `
      const { renderPaper, paperKinds } = await import('./src/papers/index.ts');
      const { samples } = await import('./test/papers/samples-award.ts');
      for (const kind of [...paperKinds].reverse()) console.log(kind, (await renderPaper(kind, samples[kind])).sha256);`;
    const answer = execFileSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
      cwd: root,
      env: { PATH: process.env.PATH, TZ: 'America/St_Johns', LANG: 'tr_TR.UTF-8' },
      encoding: 'utf8',
    });
    const there = new Map(
      answer
        .trim()
        .split('\n')
        .map((line) => line.split(' ') as [string, string]),
    );
    for (const kind of paperKinds) expect([kind, there.get(kind)]).toEqual([kind, (await render(kind)).sha256]);
  });

  it('is the file it was when its hash was pinned, whatever machine and Node render it', async () => {
    // A change here is a change of every paper of this kind: raise the template's version together with this hash.
    expect([papers['failure-notice'].version, (await render('failure-notice')).sha256]).toEqual([
      1,
      'XsvuwW3LrgbsQsTHOIpL_mRvWpSQ6T6mIXbhtZed-7s',
    ]);
    const pdfkit: { version: string } = JSON.parse(readFileSync(join(root, 'node_modules/pdfkit/package.json'), 'utf8'));
    expect(textOf(await render('failure-notice'))).toContain(`pdfkit ${pdfkit.version}`);
  });

  it('takes no data it does not know, and no moment that is not UTC', async () => {
    const data = samples['failure-notice'];
    await expect(async () => renderPaper('failure-notice', { ...data, secret: 'x' } as never)).rejects.toThrow();
    await expect(async () => renderPaper('failure-notice', { ...data, issuedAt: '2026-11-22T10:00:00+08:00' })).rejects.toThrow();
  });

  it('says sandbox only where the node is one', async () => {
    const paper = await renderPaper('failure-notice', { ...samples['failure-notice'], sandbox: false });
    expect(drawnText(paper)).not.toContain('演示环境');
  });

  it('follows only events of the closed list, under its own kind', () => {
    for (const kind of paperKinds) {
      expect(papers[kind].kind).toBe(kind);
      for (const type of papers[kind].follows) expect(Object.keys(events)).toContain(type);
    }
  });
});

describe('tables over pages', () => {
  it('draws every row of an opening with 25 bidders, and the head again on each page', async () => {
    const { log } = await renderPaper('opening-record', openingRecord);
    const text = log.lines.map((line) => line.text);
    for (const each of openingRecord.bids) {
      expect(text).toContain(each.bidder.code);
      expect(text).toContain(each.sha256);
    }
    const attendance = log.rows.filter(({ table }) => table === Math.max(...log.rows.map((row) => row.table)) - 1);
    expect(attendance.map(({ row }) => row)).toEqual(Array.from({ length: 25 }, (_, row) => row));
    const attendancePages = new Set(attendance.map(({ page }) => page));
    expect(log.lines.filter((line) => line.text === '签到时间')).toHaveLength(attendancePages.size);
    expect(attendancePages.size).toBeGreaterThan(1);
  });

  it('continues a row that is taller than a page, without losing a line', async () => {
    const reason = Array.from({ length: 160 }, (_, n) => `第${n}条理由：投标文件未按招标文件要求签署并逐页加盖电子印章。`).join('\n');
    const data = samples['candidates-publicity'];
    const { log } = await renderPaper('candidates-publicity', { ...data, rejected: [{ bidder: bidder(9), reason }] });
    for (let n = 0; n < 160; n += 1) expect(log.lines.filter(({ text }) => text.startsWith(`第${n}条理由`))).toHaveLength(1);
    expect(log.pages).toBeGreaterThan(3);
  });

  it('keeps long words, codes and the greatest amounts inside their cells', async () => {
    const data = samples['opening-record'];
    const paper = await renderPaper('opening-record', {
      ...data,
      ceiling: '9999999999999999.99',
      bids: [
        {
          ...(data.bids[0] as (typeof data.bids)[number]),
          price: '9999999999999999.98',
          manager: 'X'.repeat(90),
          quality: 'A'.repeat(200),
          security: '保'.repeat(80),
        },
      ],
    });
    expect(paper.log.lines.map(({ text }) => text)).toContain('9,999,999,999,999,999.98');
    expect(overflowing(paper)).toEqual([]);
  });

  it('says that there is nothing to list', async () => {
    const paper = await renderPaper('opening-record', { ...openingRecord, invalid: [], objections: [] });
    expect(drawnText(paper)).toContain('无。');
    expect(drawnText(paper)).toContain('开标过程中无人提出异议。');
  });

  it('puts many factors into tables of their own', async () => {
    const report = samples['evaluation-report'];
    const many = Array.from({ length: 18 }, (_, n) => ({ name: `因素名称${n}`, max: '2', kind: 'subjective' as const, standard: '—' }));
    const rows = report.rows.map((row) => ({ ...row, scores: many.map((_, n) => `1.${10 + n}`) }));
    const { log } = await renderPaper('evaluation-report', { ...report, criteria: many, rows });
    expect(log.lines.filter(({ text }) => text === '1.27')).toHaveLength(rows.length);
  });
});

describe('names', () => {
  it('writes out a name the typeface lacks, and says so at the end', async () => {
    const { log } = await renderPaper('draw-record', finalDrawRecord);
    expect([...log.missing]).toEqual(['〔U+20BB7〕']);
    const text = log.lines.map((line) => line.text);
    expect(text.some((line) => line.includes('向〔U+20BB7〕明'))).toBe(true);
    expect(text.some((line) => line.includes('字形说明'))).toBe(true);
  });

  it('are in the final edition of a draw record only', async () => {
    const masked = await renderPaper('draw-record', drawRecord);
    const final = await renderPaper('draw-record', finalDrawRecord);
    for (const { name } of finalDrawRecord.called) {
      // the data travels inside the file, so the file itself must not hold a name either
      expect(Buffer.from(masked.bytes).includes(Buffer.from(name ?? ''))).toBe(false);
      expect(Buffer.from(final.bytes).includes(Buffer.from(name ?? ''))).toBe(true);
    }
    await expect(async () => renderPaper('draw-record', { ...finalDrawRecord, edition: 'masked' })).rejects.toThrow('names nobody');
  });

  it('may hold what XML or PDF would read as its own', async () => {
    const data = { ...submissionReceipt, number: '<x>&(\\)%', bidder: { ...submissionReceipt.bidder, name: 'A & B <Ltd> (Wuhan) \\' } };
    const paper = await renderPaper('submission-receipt', data);
    expect(drawnText(paper)).toContain('A & B <Ltd> (Wuhan) \\');
    expect(textOf(paper)).not.toMatch(/<rdf:li xml:lang="x-default">[^<]*<x>/);
  });
});

describe('the report of a blind review', () => {
  it('tells whose each pseudonym was, what was seen in the files and how the panel voted; without one it is drawn as ever', async () => {
    const plain = drawnText(await renderPaper('evaluation-report', samples['evaluation-report']));
    expect(plain).not.toContain('暗标');
    const drawn = drawnText(await renderPaper('evaluation-report', { ...samples['evaluation-report'], blind: blindReview })).replace(
      /\s/g,
      '',
    );
    for (const said of ['暗标评审', '暗标02', '文件1，文件名：投标人名称或简称', '未发现', '未检查', '1/5', '第3页页眉有公司简称'])
      expect(drawn).toContain(said);
    expect(drawn).toContain(blindReview.root);
  });
});

describe('the receipt of a bid', () => {
  it('names the program that sealed it where the statement does, and is drawn as ever where it does not', async () => {
    const plain = await renderPaper('submission-receipt', submissionReceipt);
    expect(drawnText(plain)).not.toContain('bid-offline');
    const client = { name: 'bid-offline', version: '0.1.0', sha256: 'B'.repeat(43) };
    const named = drawnText(await renderPaper('submission-receipt', { ...submissionReceipt, client }));
    expect(named).toContain('bid-offline 0.1.0');
    expect(named.replace(/\s/g, '')).toContain('B'.repeat(43));
  });
});

describe('speed', () => {
  it('renders a paper well under a second once warm', async () => {
    const data = samples['evaluation-report'];
    await renderPaper('evaluation-report', data);
    const from = performance.now();
    await renderPaper('evaluation-report', data);
    // 0.15 s alone on two cores; the bound leaves room for a busy machine
    expect(performance.now() - from).toBeLessThan(3000);
  });
});

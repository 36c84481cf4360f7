import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import request from 'supertest';
import { collectDocuments } from '../../src/bids/collect-documents.ts';
import type { OwnBids } from '../../src/bids/reads.ts';
import { readSealedBid, sealedBidFrame } from '../../src/bids/sealed-bid.ts';
import { openTenderFile } from '../../src/bids/tender-file.ts';
import { sealedFromFile } from '../../src/browser/offline-file.ts';
import { verifyBundle } from '../../src/evidence/bundle.ts';
import { noteSigner, parseVerifierKey, printVerifierKey } from '../../src/journal/checkpoint.ts';
import { eventsOfType } from '../../src/journal/reads.ts';
import type { Receipt } from '../../src/journal/receipt.ts';
import { publishClients } from '../../src/publish-clients.ts';
import { sealCommand } from '../../src/seal.ts';
import { readBid } from '../../src/seal-input.ts';
import { handIn, PlatformRefused } from '../../src/seal-submit.ts';
import { bytesSource } from '../../src/sealing/package-reader.ts';
import { clientOf } from '../../src/sealing/statement.ts';
import { publishAddendum } from '../../src/tenders/publish-addendum.ts';
import { Lot } from '../../src/tenders/schema.ts';
import { offlineClients } from '../../src/web/downloads.ts';
import { at } from '../awards/scene.ts';
import { witnessedTown } from '../openness/witness.ts';
import { openHouse, type TestHouse } from '../support/house.ts';
import { beat, phaseOf, publishedLot, submitSealed, until } from '../support/opened-lot.ts';
import { addressOf, serve } from '../support/serve.ts';
import { makeTown, type Town } from '../support/town.ts';
import { keyFileOf, tenderFileOf, writeAnswers } from './offline-scene.ts';

/*
 * The bidder's side without a line: a tender file comes in, one sealed file goes out, a receipt comes back. What goes wrong on the way is tried out too.
 */
const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'yangguang-offline-'));
const file = (name: string): string => join(folder, name);
let house: TestHouse;
let town: Town;
let stop: () => Promise<void>;
let server: Server;
let lot: string;
let key: string;
let program: string;
let tender: Record<string, never>;
const printed: string[] = [];
const base = (): string => addressOf(server);

const ownBuild = async () => {
  const { name, version, sha256 } = (await offlineClients()).program.build;
  return { name, version, sha256 };
};
const doctored = async () => ({ ...(await ownBuild()), sha256: 'A'.repeat(43) });
/** Runs the command in this process; answers its exit code, and what it said is in `printed`. */
const seal = (args: readonly string[], build = ownBuild): Promise<number> => sealCommand(args, build);
const sealing = (out: string, more: readonly string[] = []): string[] => [
  ...[
    '--tender',
    file('tender.json'),
    '--bid',
    file('bid.json'),
    '--files',
    folder,
    '--key',
    file('key.p12'),
    '--passphrase',
    file('passphrase'),
  ],
  ...['--platform-key', key, '--out', file(out), '--accept-remarks', ...more],
];

beforeAll(async () => {
  house = await openHouse({ at: at('2031-03-03T09:00') });
  const witnessed = await witnessedTown(await makeTown(house));
  town = witnessed.town;
  stop = witnessed.stop;
  ({ lot } = await publishedLot(town));
  const { page, program: command } = await offlineClients();
  await publishClients({ frame: house.frame, builds: [page.build, command.build] });
  mkdirSync(file('alone'));
  program = file('alone/yangguang-seal.mjs');
  writeFileSync(program, command.text);
  const [bidder] = town.bidders;
  if (!bidder) throw new Error('the town has no bidder');
  await house.perform(collectDocuments, bidder.actor, { lot });
  await keyFileOf(house, await bidder.token(), folder);
  writeFileSync(file('token'), await bidder.token());
  writeAnswers(folder, '17800000.00');
  tender = await tenderFileOf(house, lot);
  key = String(tender.platform);
  writeFileSync(file('tender.json'), JSON.stringify(tender));
  server = await serve(house.app);
}, 180_000);
afterAll(async () => {
  server?.close();
  await stop?.();
  await house?.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  printed.length = 0;
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed.push(String(text));
    return true;
  });
});
const said = (): string => printed.join('');

describe('A tender file', () => {
  const opened = (change: object, pinned = key) => {
    const verdict = openTenderFile({ ...tender, ...change }, parseVerifierKey(pinned));
    return verdict.ok ? 'ok' : verdict.reason;
  };
  const bent = (receipt: Receipt, data: object): Receipt => ({
    ...receipt,
    event: { ...receipt.event, data: { ...(receipt.event.data as object), ...data } },
  });
  const formed = () => tender.council as unknown as Receipt;
  const notice = () => tender.notice as unknown as Receipt;

  it('proves itself under the platform’s key, and names the builds published so far', () => {
    const verdict = openTenderFile(tender, parseVerifierKey(key));
    if (!verdict.ok) throw verdict.problem;
    expect(verdict.tender.lot.id).toBe(lot);
    expect(verdict.tender.council).toEqual(town.council);
    expect(verdict.tender.clients.map(({ name }) => name)).toEqual(['bid-offline', 'bid-command']);
  });

  it('where files are judged blind, they are checked on the command line and stripped when that is asked', async () => {
    const verdict = openTenderFile(tender, parseVerifierKey(key));
    if (!verdict.ok) throw verdict.problem;
    const { terms } = verdict.tender;
    const rules = { pages: null, pictures: 'drawings' as const, fonts: [] };
    const blind = { part: 'whole' as const, documents: ['technical'], items: [], criteria: [], rules };
    const content = '%PDF-1.7\n1 0 obj<</Author(Li Ming)>>endobj\ntrailer<</Info 1 0 R>>';
    writeFileSync(file('施工组织设计.pdf'), content);
    writeFileSync(file('words.json'), JSON.stringify({ ...JSON.parse(readFileSync(file('bid.json'), 'utf8')), words: ['Li Ming'] }));
    const given = {
      folder,
      tender: { ...verdict.tender, terms: { ...terms, blind } },
      bidder: { code: 'x', name: '宜昌长河水利建设有限公司' },
    };
    const read = await readBid({ ...given, file: file('words.json'), stripBlind: false });
    expect(read.findings.map(({ says }) => says.zh).join()).toMatch(/投标人名称或简称（Li Ming）.*文件属性中有内容（Author: Li Ming）/);
    const stripped = await readBid({ ...given, file: file('words.json'), stripBlind: true });
    expect(stripped.findings.filter(({ field }) => field === 'technical')).toEqual([]);
    expect(await stripped.files[0]?.content.text()).toBe(content.replace('Li Ming', '       '));
    writeAnswers(folder, '17800000.00');
  });

  it('is refused under another key than the one pinned', () => {
    expect(opened({}, printVerifierKey(noteSigner('test.yangguang.example/sandbox', new Uint8Array(32).fill(7))))).toBe(
      'tender-key-differs',
    );
  });

  it('is refused when it names a key that did not sign its receipts', () => {
    const other = printVerifierKey(noteSigner('test.yangguang.example/sandbox', new Uint8Array(32).fill(7)));
    expect(opened({ platform: other }, other)).toBe('tender-not-journalled');
  });

  it('is refused with another council’s key in it, whether made up or formed for other lots', async () => {
    const { council } = formed().event.data as { council: Record<string, string> };
    expect(opened({ council: bent(formed(), { council: { ...council, groupKey: council.groupKey?.replace(/^./, 'z') } }) })).toBe(
      'tender-not-journalled',
    );
    // the town's first council was formed by the same acts and stands in the same journal: it only is not the one that the notice names
    const [first] = await eventsOfType(house.em(), 'council.formed');
    const { body } = await house.api().get(`/receipts/${first?.id}`).expect(200);
    expect(opened({ council: body as object })).toBe('tender-other-council');
  });

  it('is refused with a notice of another lot under this one’s name, a deadline nobody published, or an event of another kind', async () => {
    expect(opened({ notice: bent(notice(), { deadline: '2031-12-01T00:00:00.000Z' }) })).toBe('tender-not-journalled');
    expect(opened({ notice: formed() })).toBe('tender-not-journalled');
    expect(opened({ changes: [notice()] })).toBe('tender-not-journalled');
    expect(opened({ more: 1 })).toBe('tender-unreadable');
  });
});

describe('Sealing without a line', () => {
  it('the one-file program makes one file, offline, that any tar takes apart and only the bidder can open', async () => {
    const { stdout } = await run(process.execPath, [program, ...sealing('one.sealed-bid')], { cwd: file('alone'), env: { PATH: '' } });
    expect(stdout).toContain('本程序的版本公布在日志里');
    expect(stdout).toContain('还没有递交');
    expect(execFileSync('tar', ['-tf', file('one.sealed-bid')], { encoding: 'utf8' })).toBe('sealed-bid.json\nwhole.age\n');
    const read = await readSealedBid(bytesSource(new Uint8Array(readFileSync(file('one.sealed-bid')))));
    if (!read.ok) throw read.problem;
    expect(clientOf(read.record.statement)).toEqual(await ownBuild());
    const envelope = execFileSync('tar', ['-xOf', file('one.sealed-bid'), 'whole.age']);
    expect(envelope.length).toBe(read.envelopes[0]?.bytes);
    expect(envelope.subarray(0, 21).toString()).toBe('age-encryption.org/v1');
  }, 60_000);

  it('is opened again with the age identity that it left beside it, attachments and all', async () => {
    const opening = [
      '--reread',
      file('one.sealed-bid'),
      '--identity',
      file('one.age-key.txt'),
      '--tender',
      file('tender.json'),
      '--platform-key',
      key,
    ];
    expect(await seal([...opening, '--out', file('again')])).toBe(0);
    expect(said()).toContain('"price":"17800000.00"');
    expect(readFileSync(file('again/施工组织设计.pdf'), 'utf8')).toBe('%PDF-1.7 施工组织设计');
    writeFileSync(file('other.txt'), readFileSync(file('one.age-key.txt'), 'utf8').replace(/(SECRET-KEY-1)..../, '$1QQQQ'));
    expect(await seal([...opening.slice(0, 3), file('other.txt'), ...opening.slice(4)])).toBe(1);
  }, 60_000);

  it('refuses what the form refuses, a wrong passphrase, and a bare argument in its place', async () => {
    writeAnswers(folder, '99800000.00');
    expect(await seal(sealing('never.sealed-bid'))).toBe(1);
    expect(said()).toContain('高于最高投标限价');
    writeAnswers(folder, '17800000.00');
    writeFileSync(file('wrong'), 'not the passphrase');
    expect(await seal(sealing('never.sealed-bid').map((each) => (each === file('passphrase') ? file('wrong') : each)))).toBe(1);
    expect(() => readFileSync(file('never.sealed-bid'))).toThrow();
  }, 60_000);

  it('a file altered on the way is refused by the command and, were that passed by, by the platform', async () => {
    const bytes = readFileSync(file('one.sealed-bid'));
    const at = bytes.length - 5000;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    writeFileSync(file('bent.sealed-bid'), bytes);
    const token = await town.bidders[0]?.token();
    expect(await seal(['--submit', file('bent.sealed-bid'), '--platform', base(), '--platform-key', key, '--token', file('token')])).toBe(
      1,
    );
    expect(said()).toContain('sealed-bid-altered');
    const read = await readSealedBid(bytesSource(new Uint8Array(bytes)));
    if (!read.ok) throw read.problem;
    const handing = handIn({
      session: { platform: base(), token: token ?? '' },
      file: file('bent.sealed-bid'),
      ...read,
      key: parseVerifierKey(key) as NonNullable<ReturnType<typeof parseVerifierKey>>,
      commitFirst: false,
      tell: () => undefined,
    });
    await expect(handing).rejects.toThrow(PlatformRefused);
    await expect(handing).rejects.toThrow(/upload-differs/);
    const trailing = Buffer.concat([readFileSync(file('one.sealed-bid')), Buffer.alloc(512)]);
    expect((await readSealedBid(bytesSource(new Uint8Array(trailing)))).ok).toBe(false);
  }, 60_000);
});

describe('Another lot', () => {
  /** A second lot of the same people, under the same journal and council, with an addendum of its own. */
  let other: { lot: string; tender: Record<string, never> };
  beforeAll(async () => {
    const second = await publishedLot(town);
    await house.perform(publishAddendum, town.agent.actor, { lot: second.lot, text: '更正第 3 页', affectsPreparation: false });
    // the addendum stands in the file once the sequencer has numbered it
    const numbered = async () => (await eventsOfType(house.em(), 'addendum.published')).length > 0;
    while (!(await numbered())) await new Promise((resolve) => setTimeout(resolve, 50));
    other = { lot: second.lot, tender: await tenderFileOf(house, second.lot) };
    writeFileSync(file('other-tender.json'), JSON.stringify(other.tender));
  }, 60_000);
  const swapped = (args: readonly string[]): string[] =>
    args.map((each) => (each === file('tender.json') ? file('other-tender.json') : each));

  it('its addendum is none of this lot’s: a tender file of two lots is refused, by the command too', async () => {
    const reason = (value: unknown): string => {
      const verdict = openTenderFile(value, parseVerifierKey(key));
      return verdict.ok ? verdict.tender.lot.id : verdict.reason;
    };
    expect([reason(tender), reason(other.tender)]).toEqual([lot, other.lot]);
    expect(other.tender.changes).toHaveLength(1);
    const mixed = { ...tender, changes: other.tender.changes };
    expect([reason(mixed), reason({ ...other.tender, notice: tender.notice })]).toEqual(['tender-other-lot', 'tender-other-lot']);
    writeFileSync(file('mixed.json'), JSON.stringify(mixed));
    expect(await seal(sealing('never.sealed-bid').map((each) => (each === file('tender.json') ? file('mixed.json') : each)))).toBe(1);
    expect(said()).toContain('tender-other-lot');
    expect(() => readFileSync(file('never.sealed-bid'))).toThrow();
  }, 60_000);

  it('a bid is not reread under the tender file of another lot', async () => {
    const bid = ['--reread', file('one.sealed-bid'), '--identity', file('one.age-key.txt')];
    const reread = [...bid, '--tender', file('tender.json'), '--platform-key', key];
    expect(await seal(reread)).toBe(0);
    printed.length = 0;
    expect(await seal(swapped(reread))).toBe(1);
    expect(said()).toContain('the sealed bid is of another lot');
  }, 60_000);

  it('what was sealed for another lot is taken by that lot’s desk and refused by this one’s', async () => {
    const bidder = town.bidders[0];
    if (!bidder) throw new Error('the town has no bidder');
    await house.perform(collectDocuments, bidder.actor, { lot: other.lot });
    expect(await seal(swapped(sealing('other.sealed-bid')))).toBe(0);
    const desk = async (of: string): Promise<OwnBids> =>
      (
        await house
          .api(await bidder.token())
          .get(`/lots/${of}/bids`)
          .expect(200)
      ).body;
    const carried = new File([readFileSync(file('other.sealed-bid'))], 'other.sealed-bid');
    const taken = async (of: string) => sealedFromFile(carried, await desk(of), () => undefined);
    expect((await taken(other.lot)).statement.lot).toBe(other.lot);
    await expect(taken(lot)).rejects.toMatchObject({ title: { en: 'This sealed-bid file is of another lot.' } });
  }, 60_000);

  it('a sealed-bid file rewritten to name this lot is refused by the command: its envelope says for which it is', async () => {
    const read = await readSealedBid(bytesSource(new Uint8Array(readFileSync(file('other.sealed-bid')))));
    if (!read.ok) throw read.problem;
    const [envelope] = read.envelopes;
    if (!envelope) throw new Error('one envelope was sealed');
    const content = readFileSync(file('other.sealed-bid')).subarray(envelope.offset, envelope.offset + envelope.bytes);
    const { before, after } = sealedBidFrame({ ...read.record, statement: { ...read.record.statement, lot } });
    writeFileSync(file('rewritten.sealed-bid'), Buffer.concat([...before, content, after]));
    const submit = ['--submit', file('rewritten.sealed-bid'), '--platform', base(), '--platform-key', key, '--token', file('token')];
    expect(await seal(submit)).toBe(1);
    expect(said()).toContain('sealed-bid-wrongly-sealed');
  }, 60_000);
});

describe('Handing it in', () => {
  const submit = (name: string, more: readonly string[] = []): Promise<number> =>
    seal(['--submit', file(name), '--platform', base(), '--platform-key', key, '--token', file('token'), ...more]);

  it('says submitted only under the pinned key, with the receipt beside it; once more is once', async () => {
    expect(await submit('one.sealed-bid')).toBe(0);
    expect(said()).toContain('✓ 已递交');
    const receipt = readFileSync(file('one.sealed-bid.receipt.json'), 'utf8');
    expect(await submit('one.sealed-bid')).toBe(0);
    expect((JSON.parse(readFileSync(file('one.sealed-bid.receipt.json'), 'utf8')) as Receipt).index).toBe(
      (JSON.parse(receipt) as Receipt).index,
    );
    const other = printVerifierKey(noteSigner('test.yangguang.example/sandbox', new Uint8Array(32).fill(7)));
    printed.length = 0;
    expect(await seal(['--check', file('one.sealed-bid.receipt.json'), '--of', file('one.sealed-bid'), '--key', other])).toBe(1);
    expect(said()).not.toContain('已递交：');
  }, 60_000);

  it('the receipt is checked against the file, offline; a receipt for another statement is none', async () => {
    const check = [
      '--check',
      file('one.sealed-bid.receipt.json'),
      '--of',
      file('one.sealed-bid'),
      '--key',
      key,
      '--tender',
      file('tender.json'),
    ];
    expect(await seal(check)).toBe(0);
    expect(await seal(sealing('two.sealed-bid', ['--replaces', file('one.sealed-bid.receipt.json')]), doctored)).toBe(0);
    expect(said()).toContain('没有公布在这份招标信息文件里');
    printed.length = 0;
    expect(await seal(check.map((each) => (each === file('one.sealed-bid') ? file('two.sealed-bid') : each)))).toBe(1);
    expect(said()).toContain('receipt-of-another-bid');
    printed.length = 0;
    expect(await seal(['--check', file('one.sealed-bid.receipt.json'), '--key', key])).toBe(0);
    for (const proven of ['密封程序：bid-command', '的摘要是', '对标段', '没有与密封投标文件比对']) expect(said()).toContain(proven);
  }, 60_000);

  it('a receipt of this lot is nothing that a bid for another one could replace', async () => {
    const replacing = sealing('never.sealed-bid', ['--replaces', file('one.sealed-bid.receipt.json')]);
    expect(await seal(replacing.map((each) => (each === file('tender.json') ? file('other-tender.json') : each)))).toBe(1);
    expect(said()).toContain('receipt-of-another-bid');
  }, 60_000);

  it('commits first where it is asked to, and is submitted when the second receipt verifies too', async () => {
    let over = false;
    const done = submit('two.sealed-bid', ['--commit-first']).finally(() => {
      over = true;
    });
    // the worker's part: it notices that the last byte has come
    while (!over) {
      await beat(house);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await done).toBe(0);
    const first = file('two.sealed-bid.receipt.json');
    const check = (receipts: readonly string[]) =>
      seal([...receipts.flatMap((each) => ['--check', each]), '--of', file('two.sealed-bid'), '--key', key]);
    expect(await check([first])).toBe(1);
    expect(said()).toContain('尚未计入');
    expect(await check([first, file('two.sealed-bid.receipt-2.json')])).toBe(0);
  }, 90_000);

  it('is opened by the council; the evidence says which bid names a published build and points at the one that does not', async () => {
    for (const [n, price] of ['18000000.00', '18250000.00'].entries()) {
      const bidder = town.bidders[n + 1];
      if (bidder) await submitSealed(town, lot, bidder, { price });
    }
    const { deadline } = await house.em().findOneOrFail(Lot, { id: lot });
    if (!deadline) throw new Error('no deadline');
    await house.clock.to(deadline);
    await until(town, async () => (await phaseOf(house, lot)) === 'opening');
    const evidence = await (async () => {
      for (let tries = 0; tries < 100; tries += 1) {
        const answer = await request(house.app)
          .get(`/api/lots/${lot}/evidence`)
          .buffer(true)
          .parse((response, done) => {
            const pieces: Buffer[] = [];
            response.on('data', (piece: Buffer) => pieces.push(piece));
            response.on('end', () => done(null, Buffer.concat(pieces)));
          });
        if (answer.status === 200) return new Uint8Array(answer.body as Buffer);
        await until(town, async () => true);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new Error('no evidence came');
    })();
    const verdict = await verifyBundle(evidence, { key: parseVerifierKey(key) });
    expect([verdict.result, 'why' in verdict ? verdict.why.en : '']).toEqual(['verified', '']);
    expect(verdict.checks.map(({ says }) => says.en)).toContain(
      '1 statements name a build of the sealing client that the journal had published before',
    );
    const notes = verdict.notes.map(({ en }) => en).join('\n');
    expect(notes).toContain(`never published: bid-command ${(await ownBuild()).version} (${'A'.repeat(43)})`);
    expect(notes).toContain('2 statements name no sealing client');
  }, 120_000);
});

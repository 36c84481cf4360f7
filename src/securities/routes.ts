import { Readable } from 'node:stream';
import { z } from 'zod';
import { securitiesDeskPage } from '../../views/securities/desk.ts';
import { lotSecurityPage } from '../../views/securities/lot.ts';
import { securitiesRegisterPage } from '../../views/securities/register.ts';
import type { View } from '../../views/view.ts';
import { base64 } from '../kernel/bytes.ts';
import { endpoint, type StagedFile, type Visit } from '../kernel/endpoint.ts';
import { idField } from '../kernel/ids.ts';
import { csvTable, limits, workbookTable } from '../kernel/workbook.ts';
import { readCamt053 } from '../ledger/camt053.ts';
import { accountFields, openAccount } from '../ledger/open-account.ts';
import { pain001 } from '../ledger/payment-order.ts';
import type { ReadStatement } from '../ledger/statement.ts';
import { readStatementTable } from '../ledger/statement-csv.ts';
import { stagedFile } from '../tenders/document.ts';
import { answerFields, answerForfeiture } from './answer-forfeiture.ts';
import type { LotSecurityAnswer, SecuritiesDesk } from './answers.ts';
import { askAccount, payerFields } from './ask-account.ts';
import { contestFields, contestForfeiture } from './contest-forfeiture.ts';
import { forfeitFields, forfeitSecurity } from './forfeit-security.ts';
import { guaranteeFields, largestGuarantee, lodgeGuarantee } from './lodge-guarantee.ts';
import { orderRefunds } from './order-refunds.ts';
import { statementTooLarge, statementUnreadable } from './problems.ts';
import { forfeitureEvidence, lotSecurity, securitiesDesk, securitiesRegister } from './reads.ts';
import { orderFor } from './refund-reads.ts';
import { retireIssuer } from './retire-issuer.ts';
import './state-securities.ts';
import { takeStatement } from './take-statement.ts';
import './todo-reads.ts';
import './verdict-reads.ts';
import './write-cover.ts';
import { issuerFields, trustIssuer } from './trust-issuer.ts';

const none = z.object({});
const lotParams = z.object({ lot: idField });
const file = z.custom<StagedFile>((given) => given !== undefined, '请选择文件。 | Please choose a file.');
const lotPage = ({ params }: { params: Record<string, string> }): string => `/lots/${params.lot}/security`;
const backToLot = (_answer: unknown, { params }: { params: { lot: string } }): string => `/lots/${params.lot}/security`;
const desk = (): string => '/securities';
const register = (): string => '/securities/register';

endpoint({
  name: 'lot-security',
  method: 'get',
  path: '/lots/:lot/security',
  outdoors: true,
  says: { zh: '标段的投标保证金', en: 'The bid security of a lot' },
  by: 'anyone',
  params: lotParams,
  query: none,
  body: none,
  answer: z.custom<LotSecurityAnswer>(),
  handle: ({ em, by, now }, { params }) => lotSecurity(em, by, params.lot, now),
  page: (answer, view: View) => lotSecurityPage(view, answer),
});

endpoint({
  name: 'ask-account',
  method: 'post',
  path: '/lots/:lot/security/account',
  outdoors: true,
  says: askAccount.says,
  by: ['bidder'],
  params: lotParams,
  query: none,
  body: payerFields,
  answer: z.object({ number: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(askAccount, { ...body, lot: params.lot })).result,
  goTo: backToLot,
  form: lotPage,
});

endpoint({
  name: 'lodge-guarantee',
  method: 'post',
  path: '/lots/:lot/security/guarantees',
  outdoors: true,
  says: lodgeGuarantee.says,
  by: ['bidder'],
  params: lotParams,
  query: none,
  body: guaranteeFields.extend({ file, signature: z.custom<StagedFile>().optional() }),
  files: ['file', 'signature'],
  answer: z.object({ guarantee: z.string(), verified: z.boolean() }),
  async handle(visit, { params, body }) {
    const { file: guarantee, signature, ...stated } = body;
    const bytes = await taken(visit, guarantee, largestGuarantee);
    const signed = signature ? await taken(visit, signature, 40_000) : null;
    const command = { ...stated, lot: params.lot, fileName: guarantee.name, file: base64(bytes), signature: signed && base64(signed) };
    return (await visit.perform(lodgeGuarantee, command)).result;
  },
  goTo: backToLot,
  form: lotPage,
});

endpoint({
  name: 'forfeit-security',
  method: 'post',
  path: '/lots/:lot/security/forfeitures',
  says: forfeitSecurity.says,
  by: ['tenderee'],
  params: lotParams,
  query: none,
  body: forfeitFields.extend({ evidence: stagedFile }),
  files: ['evidence'],
  answer: z.object({ forfeiture: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(forfeitSecurity, { ...body, lot: params.lot })).result,
  goTo: backToLot,
  form: lotPage,
});

endpoint({
  name: 'forfeiture-evidence',
  method: 'get',
  path: '/lots/:lot/security/forfeitures/:forfeiture/evidence',
  says: { zh: '不予退还的证据', en: 'The evidence for a kept security' },
  by: 'signed-in',
  params: lotParams.extend({ forfeiture: idField }),
  query: none,
  body: none,
  answer: z.any(),
  download: true,
  async handle({ em, by, files }, { params }) {
    const { key, name } = await forfeitureEvidence(em, by, params.lot, params.forfeiture);
    return { stream: files.read(key), name, type: 'application/octet-stream' };
  },
});

endpoint({
  name: 'contest-forfeiture',
  method: 'post',
  path: '/lots/:lot/security/forfeitures/:forfeiture/objection',
  outdoors: true,
  says: contestForfeiture.says,
  by: ['bidder'],
  params: lotParams.extend({ forfeiture: idField }),
  query: none,
  body: contestFields,
  answer: z.object({ forfeiture: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(contestForfeiture, { ...body, forfeiture: params.forfeiture })).result,
  goTo: backToLot,
  form: lotPage,
});

endpoint({
  name: 'answer-forfeiture',
  method: 'post',
  path: '/lots/:lot/security/forfeitures/:forfeiture/answer',
  says: answerForfeiture.says,
  by: ['tenderee'],
  params: lotParams.extend({ forfeiture: idField }),
  query: none,
  body: answerFields,
  answer: z.object({ forfeiture: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(answerForfeiture, { ...body, ...params })).result,
  goTo: backToLot,
  form: lotPage,
});

endpoint({
  name: 'securities-desk',
  method: 'get',
  path: '/securities',
  says: { zh: '存管银行的保证金工作台', en: 'The desk of the bank that holds the securities' },
  by: ['bank'],
  params: none,
  query: none,
  body: none,
  answer: z.custom<SecuritiesDesk>(),
  handle: ({ em, by, now }) => securitiesDesk(em, by, now),
  page: (answer, view: View) => securitiesDeskPage(view, answer),
});

endpoint({
  name: 'take-statement',
  method: 'post',
  path: '/securities/statements',
  says: takeStatement.says,
  by: ['bank'],
  params: none,
  query: none,
  body: z.object({ statement: file }),
  files: ['statement'],
  answer: z.object({ statement: z.string(), taken: z.int(), known: z.int(), unmatched: z.int() }),
  async handle(visit, { body }) {
    const { sha256 } = body.statement;
    const read = await readStatement(await taken(visit, body.statement, largestStatement));
    if (!read.ok)
      throw statementUnreadable({
        fields: read.faults.slice(0, 50).map(({ row, says }) => ({
          path: 'statement',
          says: row === 0 ? says : { zh: `第${row}行：${says.zh}`, en: `Row ${row}: ${says.en}` },
        })),
      });
    return (await visit.perform(takeStatement, { ...read.statement, sha256 })).result;
  },
  goTo: desk,
  form: desk,
});

endpoint({
  name: 'order-refunds',
  method: 'post',
  path: '/securities/orders',
  says: orderRefunds.says,
  by: ['bank'],
  params: none,
  query: none,
  body: none,
  answer: z.object({ order: z.string(), payments: z.int() }),
  handle: async (visit) => (await visit.perform(orderRefunds, {})).result,
  goTo: desk,
  form: desk,
});

endpoint({
  name: 'refund-order',
  method: 'get',
  path: '/securities/orders/:order',
  says: { zh: '退款指令文件（ISO 20022 pain.001）', en: 'An order of refunds, as ISO 20022 pain.001' },
  by: ['bank'],
  params: z.object({ order: idField }),
  query: none,
  body: none,
  answer: z.any(),
  download: true,
  async handle({ em, by }, { params }) {
    const xml = Buffer.from(pain001(await orderFor(em, by, params.order)));
    return { stream: Readable.from([xml]), name: `refunds-${params.order}.xml`, type: 'application/xml', bytes: xml.length };
  },
});

endpoint({
  name: 'securities-register',
  method: 'get',
  path: '/securities/register',
  says: { zh: '保证金专户与保函出具机构', en: 'The account for securities, and issuers of guarantees' },
  by: 'anyone',
  params: none,
  query: none,
  body: none,
  answer: z.custom<Awaited<ReturnType<typeof securitiesRegister>>>(),
  handle: ({ em }) => securitiesRegister(em),
  page: (answer, view: View) => securitiesRegisterPage(view, answer),
});

endpoint({
  name: 'open-account',
  method: 'post',
  path: '/securities/accounts',
  says: openAccount.says,
  by: ['administrator'],
  params: none,
  query: none,
  body: accountFields,
  answer: z.object({ account: z.string() }),
  handle: async (visit, { body }) => (await visit.perform(openAccount, body)).result,
  goTo: register,
  form: register,
});

endpoint({
  name: 'trust-issuer',
  method: 'post',
  path: '/securities/issuers',
  says: trustIssuer.says,
  by: ['administrator'],
  params: none,
  query: none,
  body: issuerFields,
  answer: z.object({ issuer: z.string() }),
  handle: async (visit, { body }) => (await visit.perform(trustIssuer, body)).result,
  goTo: register,
  form: register,
});

endpoint({
  name: 'retire-issuer',
  method: 'post',
  path: '/securities/issuers/:issuer/retirement',
  says: retireIssuer.says,
  by: ['administrator'],
  params: z.object({ issuer: idField }),
  query: none,
  body: z.object({ reason: z.string().trim().min(2).max(500) }),
  answer: z.object({ issuer: z.string() }),
  handle: async (visit, { params, body }) => (await visit.perform(retireIssuer, { ...params, ...body })).result,
  goTo: register,
  form: register,
});

const largestStatement = 16 * 1024 * 1024;
const tableLimits = { ...limits, rows: 20_000, columns: 30, csvBytes: largestStatement };

/** A statement as XML, as a workbook, or as a table of text; what it is, its first bytes tell. */
async function readStatement(bytes: Uint8Array): Promise<ReadStatement> {
  const head = Buffer.from(bytes.subarray(0, 64))
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart();
  if (head.startsWith('<')) return readCamt053(Buffer.from(bytes).toString('utf8'));
  const zipped = head.startsWith('PK');
  const table = zipped ? await workbookTable(bytes, 0, tableLimits) : bytes.includes(0) ? null : csvTable(bytes, true, tableLimits);
  if (!table) throw statementUnreadable();
  if (table.more) throw statementTooLarge();
  return readStatementTable(table.rows.map((row) => row.map(({ text }) => text)));
}

/** An uploaded file, taken off the disk as soon as it has been read, whatever becomes of it: it names who pays. */
async function taken(visit: Visit, staged: StagedFile, most: number): Promise<Uint8Array> {
  try {
    if (staged.bytes > most) throw statementTooLarge();
    const pieces: Uint8Array[] = [];
    for await (const piece of visit.files.read(staged.key)) pieces.push(piece as Uint8Array);
    return Buffer.concat(pieces);
  } finally {
    await visit.files.remove(staged.key);
  }
}

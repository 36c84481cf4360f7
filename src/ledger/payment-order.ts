import type { Instant } from '../kernel/clock.ts';
import { type Fen, yuan } from '../kernel/money.ts';
import type { DayString } from '../kernel/working-days.ts';
import { escaped } from './xml.ts';

/** Payments that a bank is told to make from one account. */
export interface PaymentOrder {
  readonly id: string;
  readonly at: Instant;
  readonly on: DayString;
  readonly debtor: { readonly name: string; readonly account: string };
  readonly payments: readonly Payment[];
}

export interface Payment {
  /** comes back on the statement, and says what was paid */
  readonly endToEnd: string;
  readonly amount: Fen;
  readonly payeeName: string;
  readonly payeeAccount: string;
  readonly payeeBank: string;
  readonly text: string;
}

export const totalOf = ({ payments }: Pick<PaymentOrder, 'payments'>): Fen => payments.reduce((sum, { amount }) => sum + amount, 0n) as Fen;

const account = (number: string): string => `<Id><Othr><Id>${escaped(number)}</Id></Othr></Id>`;

const transaction = (payment: Payment): string => `<CdtTrfTxInf><PmtId><EndToEndId>${payment.endToEnd}</EndToEndId></PmtId>
<Amt><InstdAmt Ccy="CNY">${yuan(payment.amount)}</InstdAmt></Amt>
<CdtrAgt><FinInstnId><Nm>${escaped(payment.payeeBank)}</Nm></FinInstnId></CdtrAgt>
<Cdtr><Nm>${escaped(payment.payeeName)}</Nm></Cdtr><CdtrAcct>${account(payment.payeeAccount)}</CdtrAcct>
<RmtInf><Ustrd>${escaped(payment.text)}</Ustrd></RmtInf></CdtTrfTxInf>`;

/** As ISO 20022 writes it (pain.001.001.09). */
export function pain001(order: PaymentOrder): string {
  const sum = yuan(totalOf(order));
  const count = order.payments.length;
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn>
<GrpHdr><MsgId>${order.id.replaceAll('-', '')}</MsgId><CreDtTm>${order.at}</CreDtTm><NbOfTxs>${count}</NbOfTxs><CtrlSum>${sum}</CtrlSum><InitgPty><Nm>${escaped(order.debtor.name)}</Nm></InitgPty></GrpHdr>
<PmtInf><PmtInfId>${order.id.replaceAll('-', '')}</PmtInfId><PmtMtd>TRF</PmtMtd><NbOfTxs>${count}</NbOfTxs><CtrlSum>${sum}</CtrlSum><ReqdExctnDt><Dt>${order.on}</Dt></ReqdExctnDt>
<Dbtr><Nm>${escaped(order.debtor.name)}</Nm></Dbtr><DbtrAcct>${account(order.debtor.account)}</DbtrAcct><DbtrAgt><FinInstnId/></DbtrAgt>
${order.payments.map(transaction).join('\n')}
</PmtInf></CstmrCdtTrfInitn></Document>
`;
}

import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { idField, newId } from '../kernel/ids.ts';
import { recordBefore, wordFields } from '../openings/confirm-record.ts';
import { keepHallSignature } from '../openings/hall-signature.ts';
import type { RecordObjectionStatement } from '../openings/hall-statement.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { objectionFields } from './raise-objection.ts';
import { Objection } from './schema.ts';

/** A bidder does not accept the record and says why, signed. It is an objection like any other of the session: the host answers it on the spot. */
export const objectToRecord = act({
  name: 'object-to-record',
  by: ['bidder'],
  says: { zh: '对开标记录提出异议', en: 'Object to the opening record' },
  takes: wordFields.extend({ lot: idField, text: objectionFields.shape.text }),
  async run(call, { lot: id, at, signature, record, text }) {
    const lot = await lock(call, Lot, id);
    allow('object-to-record', lot.phase);
    const { own, digest, part } = await recordBefore(call, lot, record);
    const { bidder, bidderName: name } = own;
    const statement: RecordObjectionStatement = {
      format: 'yangguang/record-objection/v1',
      lot: lot.id,
      part,
      bidder,
      record: digest,
      text,
      at,
    };
    await keepHallSignature(call, lot, 'objected', { statement, signature, name });
    const objection = newId(call.now);
    call.em.create(Objection, {
      id: objection,
      lot: lot.id,
      stage: 'opening',
      party: bidder,
      partyName: name,
      text,
      raisedAt: call.now,
      answerUntil: null,
      answer: null,
      answeredAt: null,
    });
    return {
      result: { objection, record: digest },
      facts: [
        fact('objection.raised', { lot: lot.id, party: bidder }, { objection, stage: 'opening', name, text }),
        fact('record.objected', { lot: lot.id }, { bidder, name, statement, signature, objection }),
      ],
    };
  },
});

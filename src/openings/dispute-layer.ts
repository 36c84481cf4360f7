import { checkSignature } from '../bids/submit-bid.ts';
import { fact } from '../journal/event.ts';
import { act, lock } from '../kernel/act.ts';
import { canonicalBytes } from '../kernel/bytes.ts';
import { type Id, idField } from '../kernel/ids.ts';
import { uphold } from '../kernel/rule.ts';
import { allow } from '../tenders/phases.ts';
import { Lot } from '../tenders/schema.ts';
import { signedFields } from './attend-opening.ts';
import { disputeText, type LayerDispute } from './layer.ts';
import { layersLimit, ownLayer } from './layer-state.ts';
import { disputedAlready, layerGone } from './problems.ts';
import { withinLayerLimit } from './remove-layer.ts';

/**
 * A bidder declares, signed and within the limit, that the platform keeps it from removing its layer. It may still remove it; if it does not, no program
 * attributes it: a person rules.
 */
export const disputeLayer = act({
  name: 'dispute-layer',
  by: ['bidder'],
  says: { zh: '声明因平台原因不能解密', en: 'Declare that the platform keeps one from decrypting' },
  takes: signedFields.extend({ lot: idField, text: disputeText }),
  async run(call, { lot: id, at, text, signature }) {
    const lot = await lock(call, Lot, id as Id);
    allow('dispute-layer', lot.phase);
    const item = await ownLayer(call, lot);
    uphold([withinLayerLimit], { now: call.now, until: await layersLimit(call.em, lot) });
    if (item.layerRemovedAt) throw layerGone();
    const { submission, bidder, bidderName: name } = item;
    if (item.disputedAt) throw disputedAlready();
    const statement: LayerDispute = { format: 'yangguang/layer-dispute/v1', lot: lot.id, submission, bidder, text, at };
    await checkSignature(call, bidder, canonicalBytes(statement), signature);
    item.disputedAt = call.now;
    return {
      result: { disputedAt: call.now },
      facts: [fact('layer.disputed', { lot: lot.id }, { submission, bidder, name, statement, signature })],
    };
  },
});

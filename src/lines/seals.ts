import type { Words } from '../kernel/words.ts';
import type { SealOffer } from '../tenders/line.ts';

/** Who opens bids: the council alone, or each bidder its own layer first. A line says what it calls its bidders, and into which envelopes a bid may be cut. */
export const seals = (bidder: Words, councilParts: SealOffer['parts']): readonly SealOffer[] => [
  {
    policy: 'council',
    title: { zh: '开标托管人共同解密', en: 'Opened by the council' },
    says: {
      zh: `投标文件在${bidder.zh}浏览器内加密，截标后由开标托管人共同解密，任何一方不能单独开启。`,
      en: `Bids are sealed in the ${bidder.en}’s browser; after the deadline the trustees open them together, none alone.`,
    },
    parts: councilParts,
  },
  {
    policy: 'bidder+council',
    title: { zh: `${bidder.zh}与开标托管人双层解密`, en: `Opened by ${bidder.en} and council` },
    says: {
      zh: `${bidder.zh}须在开标时限内先解除自己的一层加密，再由开标托管人共同解密。`,
      en: `The ${bidder.en} removes its own layer within the limit, then the trustees open.`,
    },
    parts: [['whole']],
  },
];

import type { Words } from '../../kernel/words.ts';
import type { LineWording } from '../../tenders/line.ts';
import type { Vocabulary } from '../../tenders/vocabulary.ts';
import { wording } from './wording.ts';

/** What one way of procurement calls its notice, its documents and its group. */
export interface WayNames {
  readonly way: Words;
  readonly notice: Words;
  readonly documents: Words;
  readonly group: Words;
  /** what talking to each supplier is called, where the way has that */
  readonly talks?: Vocabulary | undefined;
  /** by which the first-ranked is awarded */
  readonly decided: Words;
  /** by which it comes to nothing */
  readonly ended: Words;
}

/** Names of laws and of ways are nobody's to change: they stand before the shorter terms inside them. */
const left = ['招标投标法', '招标投标管理办法', '招标投标', '公开招标', '邀请招标', '公开标准', '非招标采购'];

/** The words of responses, their opening and their award, in place of those of bids (rules/domain §10). */
function vocabularyOf({ way, notice, documents, group, talks = { zh: [], en: [] } }: WayNames): Vocabulary {
  const changed: Vocabulary['zh'] = [
    ['进行公开招标', `以${way.zh}方式采购`],
    ['现公开招标', `现以${way.zh}方式采购`],
    ['招标公告', notice.zh],
    ['采购公告', notice.zh],
    ['招标文件', documents.zh],
    ['采购文件', documents.zh],
    ['评标委员会', group.zh],
    ['重新招标', '重新采购'],
    ['招标', '采购'],
    ['投标报价', '报价'],
    ['投标保证金', '保证金'],
    ['投标中', '响应中'],
    ['已截标', '已截止'],
    ['截标', '截止'],
    ['投标', '响应'],
    ['开标', '开启'],
    ['唱标', '公布报价'],
    ['评标', '评审'],
    ['定标', '确定成交'],
    ['中标候选人公示', '成交结果公告'],
    ['中标结果', '成交结果'],
    ['中标通知书', '成交通知书'],
    ['中标候选人', '成交候选人'],
    ['中标供应商', '成交供应商'],
    ['中标人', '成交供应商'],
    ['中标', '成交'],
    ['废标', '终止'],
    ['流标', '终止'],
  ];
  const own = new Set(changed.map(([term]) => term));
  const general = wording.vocabulary ?? { zh: [], en: [] };
  return {
    zh: [...left.map((term): [string, string] => [term, term]), ...changed, ...talks.zh, ...general.zh.filter(([term]) => !own.has(term))],
    en: [
      ['tender notice', notice.en],
      ['Tender notice', notice.en],
      ['is tendered openly', `is procured by ${way.en}`],
      ...talks.en,
      ['panel', group.en],
      ['Panel', `${group.en.charAt(0).toUpperCase()}${group.en.slice(1)}`],
      ...general.en.filter(([term]) => term.toLowerCase() !== 'tender notice'),
    ],
  };
}

/** How a way of procurement otherwise than by tender speaks: the line's wording with its own names and articles. */
export const wordingOf = (names: WayNames): LineWording => ({
  ...wording,
  vocabulary: vocabularyOf(names),
  resultObjection: {
    zh: wording.resultObjection.zh.replaceAll('中标', '成交'),
    en: wording.resultObjection.en,
  },
  sources: { ...wording.sources, 'AWARD-1': names.decided },
  failure: names.ended,
  award: {
    zh: `经${names.group.zh}依法评审`,
    en: `After the review by the ${names.group.en}`,
  },
  awardGround: names.decided,
});

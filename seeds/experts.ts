import { createHmac } from 'node:crypto';
import { makeCode } from '../src/parties/code.ts';
import { inventedIdentity } from './identities.ts';
import { demonstrationPassword } from './organisations.ts';

const surnames =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文'.split(
    '',
  );
const given =
  '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华建国志文玉兰红梅海波德清振宇晓燕春林少东立新继明光辉永庆世昌家栋思远宏毅'.split('');
const places = ['宜昌', '夷陵', '枝江', '宜都', '当阳', '秭归', '长阳', '五峰', '远安', '兴山', '荆州', '荆门', '襄阳', '武汉', '恩施'];
const trades = [
  '水利水电勘测设计院',
  '建筑设计研究院',
  '工程造价咨询公司',
  '工程监理公司',
  '市政工程公司',
  '公路勘察设计院',
  '建设工程质量检测中心',
  '城市规划设计院',
];
const titles = ['高级工程师', '正高级工程师', '教授级高级工程师', '高级经济师', '注册造价工程师（高级）'];
const regions = ['420500', '420506', '420583', '420581', '420582', '420527', '420528', '420100', '421000', '420800', '420600'];
/** Level-3 codes under the seats of construction: works, cost, design, supervision, survey, management. */
const codes = [
  'A080101',
  'A080301',
  'A080302',
  'A080501',
  'A060101',
  'A060102',
  'A040101',
  'A040301',
  'A050101',
  'A030101',
  'A070101',
  'A090101',
];

/** The same numbers every time: a demonstration must be repeatable. Never used for a draw. */
function numbers(seed: string): () => number {
  let counter = 0;
  return () => createHmac('sha256', seed).update(String(counter++)).digest().readUInt32BE(0);
}

export interface SeedExpert {
  readonly name: string;
  readonly employer: string;
  readonly employerName: string;
  readonly formerEmployers: readonly { readonly code: string; readonly name: string; readonly until: string }[];
  readonly specialties: readonly string[];
  readonly memberships: readonly string[];
  readonly region: string;
  readonly title: string;
  readonly idNumber: string;
  readonly phone: string;
  readonly bankAccount: string;
  readonly email: string;
  readonly interests: readonly string[];
  readonly relatives: readonly string[];
  readonly login: string;
  readonly password: string;
  readonly demonstration: true;
}

/** `count` believable experts of about a hundred employers; some with ties to the bidders, so that exclusions have something to do. */
export function seedExperts(count: number, bidders: readonly { readonly code: string; readonly name: string }[]): SeedExpert[] {
  const next = numbers('yangguang-seed-experts-1');
  const pick = <T>(list: readonly T[]): T => list[next() % list.length] as T;
  const employers = places.flatMap((place, p) =>
    trades.map((trade, t) => ({ code: makeCode(regions[p % regions.length] ?? '420500', 5000 + p * 20 + t), name: `${place}${trade}` })),
  );
  return Array.from({ length: count }, (_, index) => {
    const employer = pick(employers);
    const former =
      next() % 5 === 0
        ? [
            {
              ...pick(next() % 6 === 0 ? bidders : employers),
              until: `${2022 + (next() % 4)}-${String(1 + (next() % 12)).padStart(2, '0')}-15`,
            },
          ]
        : [];
    const own = pick(codes);
    return {
      name: `${pick(surnames)}${pick(given)}${next() % 3 === 0 ? '' : pick(given)}`,
      employer: employer.code,
      employerName: employer.name,
      formerEmployers: former,
      specialties: [...new Set([own, next() % 2 === 0 ? pick(codes) : own])],
      memberships: ['construction'],
      region: pick(regions),
      title: pick(titles),
      ...inventedIdentity(index),
      interests: next() % 40 === 0 ? [pick(bidders).code] : [],
      relatives: next() % 50 === 0 ? [pick(bidders).code] : [],
      login: `expert${String(index + 1).padStart(4, '0')}`,
      password: demonstrationPassword,
      demonstration: true,
    };
  });
}

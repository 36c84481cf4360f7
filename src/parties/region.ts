import { invalidInput } from '../kernel/problem.ts';
import { type Rule, rule } from '../kernel/rule.ts';
import type { Words } from '../kernel/words.ts';

/** Regions organisations can be at home in (GB/T 2260): every province, and Hubei down to the districts of Yichang. */
export interface Region {
  readonly code: string;
  readonly name: Words;
}

const provinces =
  '110000 北京市 Beijing|120000 天津市 Tianjin|130000 河北省 Hebei|140000 山西省 Shanxi|150000 内蒙古自治区 Inner Mongolia|210000 辽宁省 Liaoning|220000 吉林省 Jilin|230000 黑龙江省 Heilongjiang|310000 上海市 Shanghai|320000 江苏省 Jiangsu|330000 浙江省 Zhejiang|340000 安徽省 Anhui|350000 福建省 Fujian|360000 江西省 Jiangxi|370000 山东省 Shandong|410000 河南省 Henan|420000 湖北省 Hubei|430000 湖南省 Hunan|440000 广东省 Guangdong|450000 广西壮族自治区 Guangxi|460000 海南省 Hainan|500000 重庆市 Chongqing|510000 四川省 Sichuan|520000 贵州省 Guizhou|530000 云南省 Yunnan|540000 西藏自治区 Tibet|610000 陕西省 Shaanxi|620000 甘肃省 Gansu|630000 青海省 Qinghai|640000 宁夏回族自治区 Ningxia|650000 新疆维吾尔自治区 Xinjiang|710000 台湾省 Taiwan|810000 香港特别行政区 Hong Kong|820000 澳门特别行政区 Macao';
const hubei =
  '420100 武汉市 Wuhan|420200 黄石市 Huangshi|420300 十堰市 Shiyan|420500 宜昌市 Yichang|420600 襄阳市 Xiangyang|420700 鄂州市 Ezhou|420800 荆门市 Jingmen|420900 孝感市 Xiaogan|421000 荆州市 Jingzhou|421100 黄冈市 Huanggang|421200 咸宁市 Xianning|421300 随州市 Suizhou|422800 恩施土家族苗族自治州 Enshi';
const yichang =
  '420502 宜昌市西陵区 Xiling, Yichang|420503 宜昌市伍家岗区 Wujiagang, Yichang|420504 宜昌市点军区 Dianjun, Yichang|420505 宜昌市猇亭区 Xiaoting, Yichang|420506 宜昌市夷陵区 Yiling, Yichang|420525 远安县 Yuan’an, Yichang|420526 兴山县 Xingshan, Yichang|420527 秭归县 Zigui, Yichang|420528 长阳土家族自治县 Changyang, Yichang|420529 五峰土家族自治县 Wufeng, Yichang|420581 宜都市 Yidu, Yichang|420582 当阳市 Dangyang, Yichang|420583 枝江市 Zhijiang, Yichang';

function read(text: string): Region[] {
  return text.split('|').map((line) => {
    const [code = '', zh = '', ...en] = line.split(' ');
    return { code, name: { zh, en: en.join(' ') } };
  });
}

/** In the order of a list people choose from: Hubei first, then the other provinces. */
export const regions: readonly Region[] = [
  ...read(hubei).flatMap((region) => (region.code === '420500' ? [region, ...read(yichang)] : [region])),
  ...read(provinces),
];

const known = new Map(regions.map((region) => [region.code, region.name]));

/** A region's name; a district that is not in the list is named by its city or province, a code of nowhere by itself. */
export function regionName(code: string): Words {
  const name = known.get(code) ?? known.get(`${code.slice(0, 4)}00`) ?? known.get(`${code.slice(0, 2)}0000`);
  return name ?? { zh: code, en: code };
}

/** Whether the first two digits are those of a province. */
export const isRegion = (code: string): boolean => /^\d{6}$/.test(code) && known.has(`${code.slice(0, 2)}0000`);

export const regionIsKnown: Rule<{ readonly region: string }> = rule({
  id: 'REGION-1',
  acts: ['register-organisation'],
  certainty: 'V2',
  source: { zh: 'GB/T 2260', en: 'GB/T 2260' },
  says: { zh: '行政区划代码为六位数字，前两位是省级代码', en: "a region has six digits, the first two a province's" },
  problem: invalidInput,
  refuses: ({ region }) => !isRegion(region) && { field: 'region' },
});

/** The pattern of SQL's `like` for a region and all within it: a code without its closing pairs of zeros, 420000 for the province, 420500 for the city. */
export const withinRegion = (code: string): string => `${code.replace(/(00){1,2}$/, '')}%`;

import type { Role } from '../src/kernel/actor.ts';
import { makeCode } from '../src/parties/code.ts';

/** One organisation of the demonstration province, with the people who act for it. Everything is invented. */
export interface SeedOrganisation {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly kinds: readonly Role[];
  readonly region: string;
  readonly head: string;
  readonly users: readonly { readonly login: string; readonly name: string; readonly role: Role; readonly region?: string }[];
}

/** The password of every demonstration account; the sandbox's sign-in page shows it. */
export const demonstrationPassword = 'Sunlight-2026';

const bidder = (n: number, name: string, nameEn: string, region: string, head: string): SeedOrganisation => ({
  code: makeCode(region, 3000 + n),
  name,
  nameEn,
  kinds: ['bidder'],
  region,
  head,
  users: [{ login: `bidder${n}`, name: head, role: 'bidder' }],
});

/** It holds the account for securities and hands in its statements. */
export const bankOrganisation: SeedOrganisation = {
  code: makeCode('420502', 2201),
  name: '宜昌江南银行股份有限公司',
  nameEn: 'Jiangnan Bank of Yichang',
  kinds: ['bank'],
  region: '420502',
  head: '钱立群',
  users: [{ login: 'bank', name: '钱立群', role: 'bank' }],
};

/** Yichang and its districts, small enough to know everybody. */
export const organisations: readonly SeedOrganisation[] = [
  {
    code: makeCode('420500', 1001, '11'),
    name: '宜昌市公共资源交易监督管理局',
    nameEn: 'Yichang Public Resource Trading Supervision Bureau',
    kinds: ['regulator', 'trustee'],
    region: '420500',
    head: '胡建平',
    users: [
      { login: 'trustee2', name: '胡建平', role: 'trustee' },
      { login: 'regulator', name: '周敏', role: 'regulator', region: '420500' },
    ],
  },
  {
    code: makeCode('420500', 1002, '12'),
    name: '宜昌市公共资源交易中心',
    nameEn: 'Yichang Public Resource Trading Centre',
    kinds: ['centre', 'trustee'],
    region: '420500',
    head: '郑晓峰',
    users: [
      { login: 'centre', name: '刘洁', role: 'centre' },
      { login: 'trustee1', name: '郑晓峰', role: 'trustee' },
      { login: 'admin', name: '何磊', role: 'administrator' },
    ],
  },
  {
    code: makeCode('420500', 1003, '12'),
    name: '宜昌市夷陵公证处',
    nameEn: 'Yiling Notary Office, Yichang',
    kinds: ['trustee'],
    region: '420506',
    head: '邓丽华',
    users: [{ login: 'trustee3', name: '邓丽华', role: 'trustee' }],
  },
  {
    code: makeCode('420506', 2001, '11'),
    name: '宜昌市夷陵区水利和湖泊局',
    nameEn: 'Water and Lakes Bureau of Yiling District',
    kinds: ['tenderee'],
    region: '420506',
    head: '熊志强',
    users: [
      { login: 'tenderee', name: '熊志强', role: 'tenderee' },
      { login: 'representative', name: '罗春梅', role: 'tenderee' },
    ],
  },
  {
    code: makeCode('420583', 2002, '12'),
    name: '枝江市人民医院',
    nameEn: 'People’s Hospital of Zhijiang',
    kinds: ['tenderee'],
    region: '420583',
    head: '向东',
    users: [{ login: 'hospital', name: '向东', role: 'tenderee' }],
  },
  bankOrganisation,
  {
    code: makeCode('420500', 2101),
    name: '宜昌明衡招标代理有限公司',
    nameEn: 'Yichang Mingheng Tendering Agency',
    kinds: ['agent'],
    region: '420500',
    head: '李文静',
    users: [{ login: 'agent', name: '李文静', role: 'agent' }],
  },
  {
    code: makeCode('420502', 2102),
    name: '宜昌正达工程咨询有限公司',
    nameEn: 'Yichang Zhengda Engineering Consulting',
    kinds: ['agent'],
    region: '420502',
    head: '田海燕',
    users: [{ login: 'agent2', name: '田海燕', role: 'agent' }],
  },
  bidder(1, '宜昌楚江建工有限公司', 'Chujiang Construction', '420500', '陈晖'),
  bidder(2, '宜都市南津路桥工程有限公司', 'Nanjin Road and Bridge', '420581', '付强'),
  bidder(3, '当阳长坂市政建设有限公司', 'Changban Municipal Works', '420582', '彭涛'),
  bidder(4, '湖北清岚水利建设有限公司', 'Qinglan Hydraulic Construction', '420100', '袁立新'),
  bidder(5, '枝江百里洲建筑有限公司', 'Bailizhou Building', '420583', '邹玲'),
  bidder(6, '秭归橘颂园林建设有限公司', 'Jusong Landscape', '420527', '谭伟'),
  bidder(7, '宜昌峡口基础工程有限公司', 'Xiakou Foundation Works', '420503', '崔洋'),
];

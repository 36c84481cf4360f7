/** What every member signs before it sees a bid (XR-10). */
export const declaration = {
  zh: '本人与本标段各投标人不存在应当回避的情形，独立、客观、公正地评审并承担个人责任。',
  en: 'I have no tie to any bidder of this lot that would require me to withdraw; I will judge independently and answer for it personally.',
};

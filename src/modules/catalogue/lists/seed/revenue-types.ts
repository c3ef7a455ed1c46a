/** Kinds of revenue that procedures bring most: the codes of the budget's economic content (tiểu mục). The State Treasury keeps the list. */
export const revenueSource = 'Thông tư 324/2016/TT-BTC'

export const shippedRevenueTypes: readonly { code: string; vi: string; en: string; section: string }[] = [
  ['1001', 'Thuế thu nhập từ tiền lương, tiền công', 'Income tax on wages', '1000'],
  ['1006', 'Thuế thu nhập từ chuyển nhượng bất động sản', 'Income tax on transfer of real estate', '1000'],
  ['1401', 'Đất được nhà nước giao', 'Land allocated by the State', '1400'],
  ['1601', 'Thu từ đất ở tại nông thôn', 'Non-agricultural land use tax, rural residential land', '1600'],
  ['1602', 'Thu từ đất ở tại đô thị', 'Non-agricultural land use tax, urban residential land', '1600'],
  ['2801', 'Lệ phí trước bạ nhà đất', 'Registration fee, land and houses', '2800'],
  ['2802', 'Lệ phí trước bạ ô tô', 'Registration fee, cars', '2800'],
  ['4252', 'Phạt vi phạm giao thông', 'Traffic fines', '4250'],
].map(([code, vi, en, section]) => ({ code: code!, vi: vi!, en: en!, section: section! }))

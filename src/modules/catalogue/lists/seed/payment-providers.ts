/**
 * Banks and intermediaries that take payments: identification number (BIN), short name, name, SWIFT code.
 * Facts from the npm package vietnam-qr-pay 1.5.1 (MIT), one row for each number; the State Bank's list takes their place.
 */
const rows = `422589|CIMB Bank|Ngân hàng TNHH MTV CIMB Việt Nam|CIBBVNVN
458761|HSBC Vietnam|Ngân hàng TNHH MTV HSBC (Việt Nam)|HSBCVNVX
546034|CAKE by VPBank|Ngân hàng số CAKE by VPBank - Ngân hàng TMCP Việt Nam Thịnh Vượng|
546035|Ubank by VPBank|Ngân hàng số Ubank by VPBank - Ngân hàng TMCP Việt Nam Thịnh Vượng|
668888|Kasikornbank|Ngân hàng Đại chúng TNHH KASIKORNBANK - CN TP. Hồ Chí Minh|KASIVNVX
796500|DBS Bank|NH TNHH MTV Phát triển Singapore - Chi nhánh TP. Hồ Chí Minh|DBSSVNVX
801011|Nonghyup Bank|Ngân hàng Nonghyup - Chi nhánh Hà Nội|
963369|Liobank|Ngân hàng số Liobank - Ngân hàng TMCP Phương Đông|
963388|Timo|Ngân hàng số Timo by Bản Việt Bank|
970400|SaigonBank|Ngân hàng TMCP Sài Gòn Công Thương|SBITVNVX
970403|Sacombank|Ngân hàng TMCP Sài Gòn Thương Tín|SGTTVNVX
970405|Agribank|Ngân hàng Nông nghiệp và Phát triển Nông thôn Việt Nam|VBAAVNVX
970406|Vikki Bank|Ngân hàng TNHH MTV Số Vikki|EACBVNVX
970407|Techcombank|Ngân hàng TMCP Kỹ thương Việt Nam|VTCBVNVX
970408|GPBank|Ngân hàng Thương mại TNHH MTV Dầu Khí Toàn Cầu|GBNKVNVX
970409|BacA Bank|Ngân hàng TMCP Bắc Á|NASCVNVX
970410|Standard Chartered Vietnam|Ngân hàng TNHH MTV Standard Chartered Bank Việt Nam|SCBLVNVX
970412|PVcomBank|Ngân hàng TMCP Đại Chúng Việt Nam|WBVNVNVX
970414|MBV|Ngân hàng TNHH MTV Việt Nam Hiện Đại|OCBKUS3M
970415|VietinBank|Ngân hàng TMCP Công thương Việt Nam|ICBVVNVX
970416|ACB|Ngân hàng TMCP Á Châu|ASCBVNVX
970418|BIDV|Ngân hàng TMCP Đầu tư và Phát triển Việt Nam|BIDVVNVX
970419|NCB Bank|Ngân hàng TMCP Quốc Dân|NVBAVNVX
970421|VietNgaBank|Ngân hàng Liên doanh Việt - Nga|
970422|MB Bank|Ngân hàng TMCP Quân đội|MSCBVNVX
970423|TPBank|Ngân hàng TMCP Tiên Phong|TPBVVNVX
970424|Shinhan Bank|Ngân hàng TNHH MTV Shinhan Việt Nam|SHBKVNVX
970425|AB Bank|Ngân hàng TMCP An Bình|ABBKVNVX
970426|MSB|Ngân hàng TMCP Hàng Hải|MCOBVNVX
970427|VietABank|Ngân hàng TMCP Việt Á|VNACVNVX
970428|Nam A Bank|Ngân hàng TMCP Nam Á|NAMAVNVX
970429|SCB|Ngân hàng TMCP Sài Gòn|SACLVNVX
970430|PG Bank|Ngân hàng TMCP Xăng dầu Petrolimex|PGBLVNVX
970431|Eximbank|Ngân hàng TMCP Xuất Nhập khẩu Việt Nam|EBVIVNVX
970432|VPBank|Ngân hàng TMCP Việt Nam Thịnh Vượng|VPBKVNVX
970433|VietBank|Ngân hàng TMCP Việt Nam Thương Tín|VNTTVNVX
970434|Indovina Bank|Ngân hàng TNHH Indovina|
970436|Vietcombank|Ngân hàng TMCP Ngoại Thương Việt Nam|BFTVVNVX
970437|HDBank|Ngân hàng TMCP Phát triển TP. Hồ Chí Minh|HDBCVNVX
970438|BaoViet Bank|Ngân hàng TMCP Bảo Việt|BVBVVNVX
970439|Public Bank Vietnam|Ngân hàng TNHH MTV Public Việt Nam|VIDPVNVX
970440|SeABank|Ngân hàng TMCP Đông Nam Á|SEAVVNVX
970441|VIB|Ngân hàng TMCP Quốc tế Việt Nam|VNIBVNVX
970442|HongLeong Bank|Ngân hàng TNHH MTV Hong Leong Việt Nam|HLBBVNVX
970443|SHB|Ngân hàng TMCP Sài Gòn - Hà Nội|SHBAVNVX
970444|CB Bank|Ngân hàng Thương mại TNHH MTV Xây dựng Việt Nam|GTBAVNVX
970446|Co-op Bank|Ngân hàng Hợp tác xã Việt Nam|
970448|OCB Bank|Ngân hàng TMCP Phương Đông|ORCOVNVX
970449|LPBank|Ngân hàng TMCP Lộc Phát Việt Nam|LVBKVNVX
970452|KienlongBank|Ngân hàng TMCP Kiên Long|KLBKVNVX
970454|BVBank|Ngân hàng TMCP Bản Việt|VCBCVNVX
970455|IBK HN|Ngân hàng Công nghiệp Hàn Quốc - Chi nhánh Hà Nội|
970456|IBK HCM|Ngân hàng Công nghiệp Hàn Quốc - Chi nhánh TP. Hồ Chí Minh|
970457|Woori Bank|Ngân hàng TNHH MTV Woori Việt Nam|
970458|United Overseas Bank Vietnam|Ngân hàng United Overseas Bank Việt Nam|
970462|Kookmin Bank HN|Ngân hàng Kookmin - Chi nhánh Hà Nội|
970463|Kookmin Bank HCM|Ngân hàng Kookmin - Chi nhánh TP. Hồ Chí Minh|
971025|MoMo|CTCP Dịch Vụ Di Động Trực Tuyến|`

const intermediaries = new Set(['971025'])

export const shippedProviders = rows.split('\n').map((row) => {
  const [code = '', shortName = '', nameVi = '', swiftCode = ''] = row.split('|')
  return { code, shortName, nameVi, swiftCode: swiftCode || null, kind: intermediaries.has(code) ? 'intermediary' : 'bank' }
})

import { split, type Culture } from '../culture.ts';

export const india: Culture = {
  country: 'IN',
  women: split(`प्रिया|priya अनीता|anita सुनीता|sunita काव्या|kavya दीपिका|deepika नेहा|neha पूजा|pooja राधा|radha मीरा|meera
    लक्ष्मी|lakshmi आशा|asha ज्योति|jyoti सीता|sita गीता|geeta`),
  men: split(`राजेश|rajesh अमित|amit सुरेश|suresh विजय|vijay अर्जुन|arjun कृष्ण|krishna राहुल|rahul संजय|sanjay मोहन|mohan
    रवि|ravi अनिल|anil दीपक|deepak गणेश|ganesh हरि|hari`),
  families: split(`शर्मा|sharma वर्मा|verma गुप्ता|gupta सिंह|singh कुमार|kumar पटेल|patel मिश्रा|mishra जोशी|joshi यादव|yadav
    अग्रवाल|agarwal चौहान|chauhan त्रिपाठी|tripathi पांडे|pandey देसाई|desai मेहता|mehta कपूर|kapoor रेड्डी|reddy नायर|nair`),
  trades: split('मिष्ठान वस्त्र निर्माण पुस्तक परिवहन फर्नीचर परामर्श मसाले'),
  companies: ['{family} {trade} प्रा. लि.', '{family} एंड सन्स', '{trade} भंडार {city}', 'श्री {family} {trade}', '{family} ब्रदर्स'],
  phone: {
    callingCode: '91',
    trunk: '0',
    patterns: ['11 2### ####', '22 2### ####', '98### #####', '99### #####', '80 2### ####'],
    separators: [' ', '-'],
  },
  streets: ['महात्मा गांधी मार्ग', 'नेहरू मार्ग', 'स्टेशन रोड', 'चांदनी चौक', 'मॉल रोड', 'लिंक रोड'],
  streetLine: (street, number) => `${number}, ${street}`,
  cities: [
    ['नई दिल्ली', 'DL', '1100##'], ['मुंबई', 'MH', '4000##'], ['बेंगलुरु', 'KA', '5600##'], ['कोलकाता', 'WB', '7000##'], ['जयपुर', 'RJ', '3020##'],
  ],
  notes: ['शाम को फ़ोन करें।', 'कोटेशन भेजना है।', 'मेले में मुलाक़ात हुई।'],
};

export const thailand: Culture = {
  country: 'TH',
  women: split('สมหญิง|somying มาลี|malee สุดา|suda วรรณา|wanna นภา|napa พรทิพย์|porntip อรุณี|arunee กนกวรรณ|kanokwan จันทร์|chan รัตนา|rattana'),
  men: split('สมชาย|somchai สมศักดิ์|somsak ประเสริฐ|prasert วิชัย|wichai อนันต์|anan ธนา|thana ณรงค์|narong สุรชัย|surachai ชาติ|chart กิตติ|kitti'),
  families: split(`สุขใจ|sukjai ทองดี|thongdee แก้วมณี|kaewmanee ศรีสุข|srisuk บุญมี|boonmee วงศ์ไทย|wongthai จันทร์เพ็ญ|chanpen
    ใจดี|jaidee รัตนกุล|rattanakul ชัยวัฒน์|chaiwat พงษ์พานิช|pongpanich มั่นคง|mankong`),
  trades: split('เบเกอรี่ การพิมพ์ ก่อสร้าง หนังสือ ขนส่ง เฟอร์นิเจอร์ ที่ปรึกษา สิ่งทอ'),
  companies: ['บริษัท {family}{trade} จำกัด', 'ห้างหุ้นส่วน {family}', '{trade}{city}', 'ร้าน{family}', 'บริษัท {trade}ไทย จำกัด'],
  phone: { callingCode: '66', exit: null, trunk: '0', patterns: ['2 2## ####', '53 2## ###', '81 %## ####', '89 %## ####'], separators: ['-', ' '] },
  streets: ['ถนนสุขุมวิท', 'ถนนสีลม', 'ถนนพหลโยธิน', 'ถนนเจริญกรุง', 'ถนนนิมมานเหมินท์'],
  streetLine: (street, number) => `${number} ${street}`,
  cities: [['กรุงเทพมหานคร', '10', '10%##'], ['เชียงใหม่', '50', '50%##'], ['ขอนแก่น', '40', '40%##'], ['ภูเก็ต', '83', '83%##']],
  notes: ['โทรกลับช่วงบ่าย', 'รอใบเสนอราคา', 'พบกันที่งานแสดงสินค้า'],
};

export const vietnam: Culture = {
  country: 'VN',
  women: [
    'Thị Lan', 'Thị Hồng', 'Thị Thu Hương', 'Ngọc Ánh', 'Thu Thảo', 'Mỹ Linh', 'Bích Ngọc', 'Thị Mai', 'Phương Anh', 'Thùy Dương',
    'Khánh Huyền', 'Thị Tuyết', 'Quỳnh Như', 'Hoài Thương',
  ],
  men: [
    'Văn Hùng', 'Đức Thắng', 'Minh Tuấn', 'Quốc Việt', 'Hữu Phước', 'Văn Dũng', 'Thành Đạt', 'Anh Tú', 'Xuân Trường', 'Ngọc Sơn',
    'Tiến Đạt', 'Văn Quyết', 'Trọng Nghĩa', 'Bảo Long',
  ],
  families: split('Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Đoàn Mạc'),
  fullName: (given, family) => `${family} ${given}`,
  trades: ['Bánh kẹo', 'In ấn', 'Xây dựng', 'Nhà sách', 'Vận tải', 'Nội thất', 'Tư vấn', 'Dệt may', 'Thủy sản', 'Cà phê'],
  companies: ['Công ty TNHH {trade} {family}', 'Công ty Cổ phần {trade} {city}', '{trade} {family} & Con', 'Cửa hàng {trade} {family}'],
  phone: { callingCode: '84', trunk: '0', patterns: ['24 3### ####', '28 3### ####', '90 %## ####', '98 %## ####'], separators: [' ', '.'] },
  streets: ['Đường Lê Lợi', 'Phố Hàng Bông', 'Đường Nguyễn Huệ', 'Đường Trần Hưng Đạo', 'Phố Huế', 'Đường Điện Biên Phủ'],
  streetLine: (street, number) => `${number} ${street}`,
  cities: [
    ['Hà Nội', 'HN', '10####'], ['Thành phố Hồ Chí Minh', 'SG', '70####'], ['Đà Nẵng', 'DN', '55####'], ['Huế', '26', '53####'], ['Cần Thơ', 'CT', '90####'],
  ],
  notes: ['Gọi lại buổi chiều.', 'Đang chờ báo giá.', 'Gặp tại hội chợ.'],
};

export const china: Culture = {
  country: 'CN',
  women: split(`秀英|xiuying 丽|li 静|jing 敏|min 婷婷|tingting 雪梅|xuemei 玉兰|yulan 桂英|guiying 欣怡|xinyi 梓涵|zihan 晓燕|xiaoyan
    芳|fang 美玲|meiling 海燕|haiyan`),
  men: split(`伟|wei 强|qiang 磊|lei 军|jun 勇|yong 建国|jianguo 志强|zhiqiang 浩然|haoran 子轩|zixuan 明|ming 杰|jie 国栋|guodong
    文博|wenbo 宇航|yuhang`),
  families: split(`王|wang 李|li 张|zhang 刘|liu 陈|chen 杨|yang 黄|huang 赵|zhao 吴|wu 周|zhou 徐|xu 孙|sun 马|ma 朱|zhu 胡|hu 郭|guo
    何|he 林|lin 欧阳|ouyang 司马|sima`),
  fullName: (given, family) => `${family}${given}`,
  trades: split('食品 印刷 建筑 图书 运输 家具 咨询 纺织 电子 茶业'),
  companies: ['{city}{family}氏{trade}有限公司', '{family}记{trade}', '{city}{trade}集团', '{family}家{trade}行'],
  phone: { callingCode: '86', trunk: '0', patterns: ['10 6### ####', '21 5### ####', '138 #### ####', '139 #### ####'], separators: ['-', ' '] },
  streets: ['南京东路', '长安街', '人民路', '中山北路', '解放大道', '学院路'],
  streetLine: (street, number) => `${street}${number}号`,
  cities: [['北京', 'BJ', '1000##'], ['上海', 'SH', '2000##'], ['广州', 'GD', '5100##'], ['成都', 'SC', '6100##'], ['杭州', 'ZJ', '3100##'], ['西安', 'SN', '7100##']],
  notes: ['请下午联系。', '等待报价。', '在展会上认识。'],
};

export const japan: Culture = {
  country: 'JP',
  women: split(`さくら|sakura 陽子|yoko 美咲|misaki 恵子|keiko 由美子|yumiko ひなた|hinata 結衣|yui 直美|naomi 裕子|yuko 真由美|mayumi
    葵|aoi 智子|tomoko かおり|kaori 久美子|kumiko`),
  men: split(`太郎|taro 健一|kenichi 大輔|daisuke 翔太|shota 拓也|takuya 誠|makoto 浩|hiroshi 直樹|naoki 蓮|ren 悠人|yuto 隆|takashi
    学|manabu 一郎|ichiro 龍之介|ryunosuke`),
  families: split(`佐藤|sato 鈴木|suzuki 高橋|takahashi 田中|tanaka 伊藤|ito 渡辺|watanabe 山本|yamamoto 中村|nakamura 小林|kobayashi
    加藤|kato 吉田|yoshida 山田|yamada 佐々木|sasaki 松本|matsumoto 井上|inoue 木村|kimura 林|hayashi 清水|shimizu 齋藤|saito
    髙島|takashima`),
  fullName: (given, family) => `${family} ${given}`,
  trades: split('製菓 印刷 建設 書店 運輸 家具 コンサルティング 織物 電機 酒造'),
  companies: ['株式会社{family}{trade}', '{family}{trade}株式会社', '有限会社{family}商店', '{city}{trade}株式会社', '合同会社{family}企画'],
  phone: { callingCode: '81', exit: '010 ', trunk: '0', patterns: ['3 3### ####', '6 6### ####', '90 %### ####', '80 %### ####', '75 2## ####'], separators: ['-', '-', ' '] },
  streets: ['銀座', '本町', '中央', '桜台', '錦町', '河原町'],
  streetLine: (street, number) => `${street}${1 + (number % 5)}丁目${number}`,
  cities: [
    ['東京都千代田区', '13', '100-00##'], ['大阪市', '27', '530-00##'], ['京都市', '26', '600-80##'], ['札幌市', '01', '060-00##'],
    ['福岡市', '40', '810-00##'], ['名古屋市', '23', '450-00##'],
  ],
  notes: ['午後に電話してください。', '見積もり待ち。', '展示会で名刺交換。'],
};

export const korea: Culture = {
  country: 'KR',
  women: split('서연|seoyeon 민지|minji 지우|jiwoo 수진|sujin 은영|eunyoung 혜진|hyejin 미경|mikyung 유나|yuna 하은|haeun 정숙|jungsook 영희|younghee 다인|dain'),
  men: split('민준|minjun 서준|seojun 도윤|doyun 지훈|jihoon 성민|sungmin 동현|donghyun 영수|youngsu 준호|junho 상우|sangwoo 재현|jaehyun 철수|chulsoo 태민|taemin'),
  families: split(`김|kim 이|lee 박|park 최|choi 정|jung 강|kang 조|cho 윤|yoon 장|jang 임|lim 한|han 오|oh 서|seo 신|shin 권|kwon 황|hwang
    남궁|namgung 선우|sunwoo`),
  fullName: (given, family) => `${family}${given}`,
  trades: split('제과 인쇄 건설 서점 운수 가구 컨설팅 섬유 전자 식품'),
  companies: ['주식회사 {family}가{trade}', '{city}{trade}(주)', '{family}씨네 {trade}', '{trade}나라'],
  phone: { callingCode: '82', exit: null, trunk: '0', patterns: ['2 3### ####', '51 7## ####', '10 2### ####', '31 2## ####'], separators: ['-', '-', ' '] },
  streets: ['세종대로', '강남대로', '테헤란로', '종로', '해운대로', '중앙로'],
  streetLine: (street, number) => `${street} ${number}`,
  cities: [['서울특별시', '11', '04###'], ['부산광역시', '26', '48###'], ['대구광역시', '27', '41###'], ['인천광역시', '28', '21###'], ['제주시', '49', '63###']],
  notes: ['오후에 연락 바랍니다.', '견적 대기 중.', '박람회에서 만남.'],
};

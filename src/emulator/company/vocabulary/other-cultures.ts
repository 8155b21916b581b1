import { type Culture, spell } from './culture.ts';

const ownScript = {
  order: 'given first',
  joiner: ' ',
  hasOwnScript: true,
  dateFormat: 'dd/MM/yyyy',
  timeFormat: 'HH:mm',
} as const;

export const otherCultures: readonly Culture[] = [
  {
    ...ownScript,
    tag: 'ja-JP',
    language: 'Japanese (Japan)',
    women: spell(
      '遥/Haruka, 美咲/Misaki, さくら/Sakura, 結衣/Yui, 陽菜/Hina, 千尋/Chihiro, あかり/Akari, 恵/Megumi',
    ),
    men: spell(
      '翔太/Shota, 大輔/Daisuke, 健一/Kenichi, 蓮/Ren, 悠真/Yuma, 誠/Makoto, 拓海/Takumi, 直樹/Naoki',
    ),
    families: spell(
      '佐藤/Sato, 鈴木/Suzuki, 高橋/Takahashi, 田中/Tanaka, 渡辺/Watanabe, 伊藤/Ito, 山本/Yamamoto, ' +
        '中村/Nakamura, 小林/Kobayashi, 加藤/Kato, 吉田/Yoshida, 山田/Yamada, 斎藤/Saito, 松本/Matsumoto',
    ),
    order: 'family first',
    dateFormat: 'yyyy/MM/dd',
    timeFormat: 'H:mm',
  },
  {
    ...ownScript,
    tag: 'zh-CN',
    language: 'Chinese (Simplified, China)',
    women: spell(
      '静/Jing, 丽华/Lihua, 雪梅/Xuemei, 芳/Fang, 婷婷/Tingting, 玉兰/Yulan, 晓燕/Xiaoyan, 欣怡/Xinyi',
    ),
    men: spell(
      '伟/Wei, 建国/Jianguo, 志强/Zhiqiang, 浩然/Haoran, 明/Ming, 子轩/Zixuan, 俊杰/Junjie, 磊/Lei',
    ),
    families: spell(
      '王/Wang, 李/Li, 张/Zhang, 刘/Liu, 陈/Chen, 杨/Yang, 黄/Huang, 赵/Zhao, 吴/Wu, 周/Zhou, ' +
        '徐/Xu, 孙/Sun, 马/Ma, 欧阳/Ouyang',
    ),
    order: 'family first',
    joiner: '',
    dateFormat: 'yyyy/M/d',
    timeFormat: 'H:mm',
  },
  {
    ...ownScript,
    tag: 'uk-UA',
    language: 'Ukrainian (Ukraine)',
    women: spell(
      'Олена/Olena, Оксана/Oksana, Наталія/Nataliia, Ярина/Yaryna, ' +
        "Соломія/Solomiia, Дар'я/Daria, Ганна/Hanna, Леся/Lesia",
    ),
    men: spell(
      'Андрій/Andrii, Богдан/Bohdan, Дмитро/Dmytro, Євген/Yevhen, ' +
        "Ігор/Ihor, Мар'ян/Marian, Тарас/Taras, Юрій/Yurii",
    ),
    families: spell(
      'Шевченко/Shevchenko, Коваленко/Kovalenko, Бондаренко/Bondarenko, Ткачук/Tkachuk, ' +
        'Мельник/Melnyk, Гончар/Honchar, Кравець/Kravets, Їжак/Yizhak, Лисенко/Lysenko, ' +
        'Щербак/Shcherbak, Гриценко/Hrytsenko, Савчук/Savchuk',
    ),
    dateFormat: 'dd.MM.yyyy',
  },
  {
    ...ownScript,
    tag: 'bg-BG',
    language: 'Bulgarian (Bulgaria)',
    women: spell(
      'Мария/Mariya, Елена/Elena, Десислава/Desislava, Радка/Radka, Цветана/Tsvetana, ' +
        'Йоана/Yoana, Биляна/Bilyana, Ралица/Ralitsa',
    ),
    men: spell(
      'Георги/Georgi, Иван/Ivan, Димитър/Dimitar, Николай/Nikolay, Стоян/Stoyan, ' +
        'Пламен/Plamen, Ангел/Angel, Борис/Boris',
    ),
    families: spell(
      'Иванов/Ivanov, Петров/Petrov, Димитров/Dimitrov, Стоянов/Stoyanov, Христов/Hristov, ' +
        'Тодоров/Todorov, Николов/Nikolov, Илиев/Iliev, Ангелов/Angelov, Колев/Kolev',
    ),
    familiesOfWomen: spell(
      'Иванова/Ivanova, Петрова/Petrova, Димитрова/Dimitrova, Стоянова/Stoyanova, ' +
        'Христова/Hristova, Тодорова/Todorova, Николова/Nikolova, Илиева/Ilieva, ' +
        'Ангелова/Angelova, Колева/Koleva',
    ),
    dateFormat: 'd.M.yyyy',
    timeFormat: 'H:mm',
  },
  {
    ...ownScript,
    tag: 'ar-JO',
    language: 'Arabic (Jordan)',
    women: spell(
      'ليلى/Layla, فاطمة/Fatima, نور/Nour, رانيا/Rania, سلمى/Salma, هالة/Hala, ' +
        'دانا/Dana, ياسمين/Yasmin',
    ),
    men: spell(
      'أحمد/Ahmad, خالد/Khaled, عمر/Omar, سامي/Sami, يوسف/Yousef, طارق/Tareq, زيد/Zaid, فراس/Firas',
    ),
    families: spell(
      'حداد/Haddad, الخطيب/Al-Khatib, النابلسي/Nabulsi, خوري/Khoury, المصري/Al-Masri, ' +
        'العلي/Al-Ali, قاسم/Qasem, الزعبي/Al-Zoubi, عودة/Odeh, صالح/Saleh, ' +
        'منصور/Mansour, شاهين/Shahin',
    ),
    timeFormat: 'hh:mm tt',
  },
  {
    ...ownScript,
    tag: 'el-GR',
    language: 'Greek (Greece)',
    women: spell(
      'Ελένη/Eleni, Μαρία/Maria, Αικατερίνη/Aikaterini, Σοφία/Sofia, Δήμητρα/Dimitra, ' +
        'Χριστίνα/Christina, Ιωάννα/Ioanna, Άννα/Anna',
    ),
    men: spell(
      'Νίκος/Nikos, Γιώργος/Giorgos, Κώστας/Kostas, Δημήτρης/Dimitris, Σπύρος/Spyros, ' +
        'Θανάσης/Thanasis, Παύλος/Pavlos, Άρης/Aris',
    ),
    families: spell(
      'Παπαδόπουλος/Papadopoulos, Οικονόμου/Oikonomou, Γεωργίου/Georgiou, ' +
        'Νικολαΐδης/Nikolaidis, Βλάχος/Vlachos, Αγγελόπουλος/Angelopoulos, ' +
        'Δημητρίου/Dimitriou, Καραγιάννης/Karagiannis, Μακρής/Makris, Αλεξίου/Alexiou',
    ),
    familiesOfWomen: spell(
      'Παπαδοπούλου/Papadopoulou, Οικονόμου/Oikonomou, Γεωργίου/Georgiou, ' +
        'Νικολαΐδου/Nikolaidou, Βλάχου/Vlachou, Αγγελοπούλου/Angelopoulou, ' +
        'Δημητρίου/Dimitriou, Καραγιάννη/Karagianni, Μακρή/Makri, Αλεξίου/Alexiou',
    ),
    dateFormat: 'd/M/yyyy',
  },
  {
    ...ownScript,
    tag: 'ko-KR',
    language: 'Korean (Korea)',
    women: spell(
      '서연/Seo-yeon, 지우/Ji-woo, 민서/Min-seo, 하은/Ha-eun, 수아/Su-ah, 은주/Eun-ju, 유진/Yu-jin, 다은/Da-eun',
    ),
    men: spell(
      '민준/Min-jun, 서준/Seo-jun, 도윤/Do-yun, 지호/Ji-ho, 현우/Hyun-woo, 성민/Sung-min, ' +
        '준영/Jun-young, 태현/Tae-hyun',
    ),
    families: spell(
      '김/Kim, 이/Lee, 박/Park, 최/Choi, 정/Jung, 강/Kang, 조/Cho, 윤/Yoon, 장/Jang, 임/Lim, ' +
        '한/Han, 남궁/Namgung',
    ),
    order: 'family first',
    joiner: '',
    dateFormat: 'yyyy-MM-dd',
    timeFormat: 'tt h:mm',
  },
  {
    ...ownScript,
    tag: 'he-IL',
    language: 'Hebrew (Israel)',
    women: spell(
      'נועה/Noa, תמר/Tamar, מאיה/Maya, יעל/Yael, שירה/Shira, רחל/Rachel, אביגיל/Avigail, הדס/Hadas',
    ),
    men: spell(
      'יונתן/Yonatan, דוד/David, איתי/Itai, אורי/Uri, ' +
        "נועם/Noam, עומר/Omer, גיא/Guy, ג'ורג'/George",
    ),
    families: spell(
      'לוי/Levi, כהן/Cohen, מזרחי/Mizrahi, פרץ/Peretz, ביטון/Biton, אברהם/Avraham, ' +
        'פרידמן/Friedman, שפירא/Shapira, בן-דוד/Ben-David, גולן/Golan, אזולאי/Azoulay, ברק/Barak',
    ),
  },
  {
    ...ownScript,
    tag: 'hi-IN',
    language: 'Hindi (India)',
    women: spell(
      'प्रिया/Priya, अंजलि/Anjali, कविता/Kavita, नेहा/Neha, सुनीता/Sunita, दीपा/Deepa, ' +
        'मीरा/Meera, श्रेया/Shreya',
    ),
    men: spell(
      'अर्जुन/Arjun, राहुल/Rahul, विक्रम/Vikram, अमित/Amit, संजय/Sanjay, रोहन/Rohan, ' +
        'कृष्ण/Krishna, आदित्य/Aditya',
    ),
    families: spell(
      'शर्मा/Sharma, पटेल/Patel, सिंह/Singh, गुप्ता/Gupta, कुलकर्णी/Kulkarni, जोशी/Joshi, ' +
        'देशपांडे/Deshpande, वर्मा/Verma, मिश्रा/Mishra, अय्यर/Iyer, नायर/Nair, रेड्डी/Reddy',
    ),
    dateFormat: 'dd-MM-yyyy',
  },
];

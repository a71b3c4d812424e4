"""Chinese names and places in characters and as passports romanise them. Pairs of common parts, no person."""

SURNAMES = tuple(
    pair.split(":")
    for pair in (
        "王:WANG 李:LI 张:ZHANG 刘:LIU 陈:CHEN 杨:YANG 赵:ZHAO 黄:HUANG 周:ZHOU 吴:WU 徐:XU 孙:SUN 胡:HU 朱:ZHU 高:GAO "
        "林:LIN 何:HE 郭:GUO 马:MA 罗:LUO 梁:LIANG 宋:SONG 郑:ZHENG 谢:XIE 韩:HAN 唐:TANG 冯:FENG 于:YU 董:DONG 萧:XIAO "
        "程:CHENG 曹:CAO 袁:YUAN 邓:DENG 许:XU 傅:FU 沈:SHEN 曾:ZENG 彭:PENG 吕:LYU 苏:SU 卢:LU 蒋:JIANG 蔡:CAI 贾:JIA "
        "丁:DING 魏:WEI 薛:XUE 叶:YE 阎:YAN 欧阳:OUYANG 司马:SIMA 诸葛:ZHUGE 上官:SHANGGUAN 区:OU 易:YI 安:AN 鄂:E"
    ).split()
)

SYLLABLES = tuple(
    pair.split(":")
    for pair in (
        "伟:WEI 芳:FANG 娜:NA 秀:XIU 英:YING 敏:MIN 静:JING 丽:LI 强:QIANG 磊:LEI 军:JUN 洋:YANG 勇:YONG 艳:YAN 杰:JIE "
        "娟:JUAN 涛:TAO 明:MING 超:CHAO 霞:XIA 平:PING 刚:GANG 桂:GUI 文:WEN 建:JIAN 国:GUO 华:HUA 玉:YU 兰:LAN 红:HONG "
        "宇:YU 浩:HAO 欣:XIN 怡:YI 梓:ZI 涵:HAN 子:ZI 轩:XUAN 雨:YU 晨:CHEN 佳:JIA 琪:QI 思:SI 远:YUAN 志:ZHI 鹏:PENG "
        "晓:XIAO 东:DONG 海:HAI 燕:YAN 春:CHUN 梅:MEI 雪:XUE 莲:LIAN 绿:LYU 女:NYU 安:AN 昂:ANG 恩:EN 尔:ER"
    ).split()
)

PROVINCES = tuple(
    pair.replace("_", " ").split(":")
    for pair in (
        "北京:BEIJING 天津:TIANJIN 河北:HEBEI 山西:SHANXI 内蒙古:INNER_MONGOLIA 辽宁:LIAONING 吉林:JILIN "
        "黑龙江:HEILONGJIANG 上海:SHANGHAI 江苏:JIANGSU 浙江:ZHEJIANG 安徽:ANHUI 福建:FUJIAN 江西:JIANGXI 山东:SHANDONG "
        "河南:HENAN 湖北:HUBEI 湖南:HUNAN 广东:GUANGDONG 广西:GUANGXI 海南:HAINAN 重庆:CHONGQING 四川:SICHUAN "
        "贵州:GUIZHOU 云南:YUNNAN 西藏:TIBET 陕西:SHAANXI 甘肃:GANSU 青海:QINGHAI 宁夏:NINGXIA 新疆:XINJIANG"
    ).split()
)

CANTONESE_SURNAMES = tuple(
    pair.split(":")
    for pair in (
        "陳:CHAN 黃:WONG 李:LEE 梁:LEUNG 張:CHEUNG 林:LAM 鄭:CHENG 何:HO 吳:NG 劉:LAU 郭:KWOK 葉:YIP 歐陽:AU-YEUNG "
        "謝:TSE 曾:TSANG 鄧:TANG 蔡:CHOI 徐:TSUI"
    ).split()
)

CANTONESE_SYLLABLES = tuple(
    pair.split(":")
    for pair in (
        "大:TAI 文:MAN 志:CHI 明:MING 家:KA 偉:WAI 嘉:KA 欣:YAN 詠:WING 詩:SZE 美:MEI 玲:LING 國:KWOK 華:WAH 強:KEUNG "
        "慧:WAI 敏:MAN 子:TSZ 俊:CHUN 曉:HIU"
    ).split()
)

TAIWAN_SURNAMES = tuple(
    pair.split(":")
    for pair in (
        "陳:CHEN 林:LIN 黃:HUANG 張:CHANG 李:LEE 王:WANG 吳:WU 劉:LIU 蔡:TSAI 楊:YANG 許:HSU 鄭:CHENG 謝:HSIEH 郭:KUO "
        "洪:HUNG 曾:TSENG 邱:CHIU 廖:LIAO 賴:LAI 徐:HSU"
    ).split()
)

TAIWAN_SYLLABLES = tuple(
    pair.split(":")
    for pair in (
        "美:MEI 華:HUA 志:CHIH 明:MING 淑:SHU 芬:FEN 雅:YA 婷:TING 家:CHIA 豪:HAO 俊:CHUN 傑:CHIEH 怡:YI 君:CHUN 冠:KUAN "
        "宇:YU 詩:SHIH 涵:HAN 建:CHIEN 宏:HUNG"
    ).split()
)

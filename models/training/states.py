"""Issuing states of the drawn pages: what their passports say and what their people are called.

Everything about persons is invented by combining common names; nothing here belongs to anyone.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class State:
    """One issuing state.

    ``title`` and ``titles`` are the state's name in its language, in English and in French; ``number`` and
    ``personal`` are patterns: ``A`` any letter, ``9`` any digit, anything else itself. ``nationality`` is what
    is printed, Latin text only. ``women`` is the national letter for female sex, "" where only ``F`` is printed.
    ``issue_place`` is how often a place of issue is printed, 0 to 1.
    """

    code: str
    language: str
    title: str
    titles: tuple[str, str]
    nationality: str
    surnames: tuple[str, ...]
    male: tuple[str, ...]
    female: tuple[str, ...]
    places: tuple[str, ...]
    authorities: tuple[str, ...]
    number: str = "999999999"
    personal: str = ""
    women: str = ""
    men: str = "M"
    issue_place: float = 0.0
    code_printed: str = "P"


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(","))


_LONG = _words(
    "NILAVADHANANANDA, VAN DER SCHOOTEN-VERBRUGGEN, PAPANDROPOULOUS, SCHMIDT-ROTTLUFF VON HOHENLOHE, "
    "RANDRIANANTOANDRO, WIJAYAKULASOORIYA, DE LA FUENTE Y ALTAMIRANO, BENNELONG WOOLOOMOOLOO"
)
LONG_SURNAMES = _LONG
"""Surnames that fill the name field or overflow it."""

LONG_GIVEN = _words(
    "CHAYAPA DEJTHAMRONG, MARIE-CHRISTINE ANNE-SOPHIE, DINGO POTOROO, MAXIMILIAN ALEXANDER FERDINAND, "
    "JONATHON WARREN TREVOR, MARIA DE LOS ANGELES GUADALUPE"
)

_DE = State(
    "D", "deu", "BUNDESREPUBLIK DEUTSCHLAND", ("FEDERAL REPUBLIC OF GERMANY", "RÉPUBLIQUE FÉDÉRALE D'ALLEMAGNE"),
    "DEUTSCH",
    _words("MÜLLER, SCHÖNFELD, GROßMANN, WEISS, KÖHLER-BRANDT, VON DER HEIDE, SCHRÖDER, BÄCKER, VOGT, LANGE, STRÖBEL"),
    _words("JÜRGEN, LUKAS, KARL-HEINZ, FELIX JONAS, SÖREN, MATTHIAS, UWE, TIM"),
    _words("ERIKA, ANNE-KATHRIN, URSULA, ELKE SABINE, JÖRDIS, LENA MARIE, GRETE"),
    _words("BERLIN, MÜNCHEN, KÖLN, FRANKFURT (ODER), LÜBECK, SAARBRÜCKEN, WIESBADEN, GÖRLITZ"),
    _words("STADT KÖLN, LANDESHAUPTSTADT MÜNCHEN, STADT LÜBECK, BEZIRKSAMT MITTE VON BERLIN, STADT GÖRLITZ"),
    "C99XXA999",
)  # fmt: skip

_ROWS: tuple[State, ...] = (
    _DE,
    State(
        "FRA", "fra", "RÉPUBLIQUE FRANÇAISE", ("FRENCH REPUBLIC", "RÉPUBLIQUE FRANÇAISE"), "Française",
        _words("LEFÈVRE, D'AUBIGNY, ROUSSEAU, DE LA TOUR, BEAUCHÊNE, GARÇON, PETIT-JEAN, MOREL, FRANÇOIS, NOËL"),
        _words("JEAN-PIERRE, ÉTIENNE, FRANÇOIS XAVIER, RENÉ, LUC, ANDRÉ MARIE, HUGO"),
        _words("HÉLÈNE, MARIE-NOËLLE, ZOÉ, CORINNE, ANAÏS CHLOÉ, SOLÈNE"),
        _words("PARIS, LYON 3E ARRONDISSEMENT, SAINT-ÉTIENNE, NÎMES, BESANÇON, L'HAŸ-LES-ROSES, ORLÉANS"),
        _words("PRÉFECTURE DE POLICE DE PARIS, Préfecture du Rhône, Sous-préfecture de Béziers, PRÉFECTURE DU GARD"),
        "99AA99999",
    ),
    State(
        "GBR", "eng", "UNITED KINGDOM OF GREAT BRITAIN AND NORTHERN IRELAND", ("UNITED KINGDOM", "ROYAUME-UNI"),
        "BRITISH CITIZEN",
        _words("O'CONNOR, SMYTHE-JONES, WHITTAKER, MACDONALD, HOLLINGSWORTH, TAYLOR, FITZGERALD, OKAFOR, SINGH, BELL"),
        _words("ALASTAIR JAMES, OLIVER, WILLIAM HENRY, RHYS, THOMAS, CALLUM, ARJUN"),
        _words("CHARLOTTE ROSE, SIÂN, OLIVIA, MARGARET ANNE, NIAMH, PHOEBE"),
        _words("LONDON, CARDIFF, NEWCASTLE UPON TYNE, ST HELIER, BELFAST, STOKE-ON-TRENT, INVERNESS"),
        _words("HMPO, UKPA, IPS, FCO", ), "999999999",
    ),
    State(
        "USA", "eng", "UNITED STATES OF AMERICA", ("UNITED STATES OF AMERICA", "ÉTATS-UNIS D'AMÉRIQUE"),
        "UNITED STATES OF AMERICA",
        _words("JOHNSON, MARTINEZ, O'BRIEN, VAN BUREN, WASHINGTON, NGUYEN, MILLER, KOWALSKI, ROBINSON, ABERNATHY"),
        _words("MICHAEL, JOHN QUINCY, CHRISTOPHER, DIEGO ALEJANDRO, TYRONE, ETHAN"),
        _words("JENNIFER, MARY ELIZABETH, ASHLEY, GUADALUPE, HAPPY, MADISON GRACE"),
        _words("CALIFORNIA USA, NEW YORK USA, TEXAS USA, DISTRICT OF COLUMBIA USA, OHIO USA, MEXICO"),
        _words("United States Department of State, United States Department of State, NATIONAL PASSPORT CENTER"),
        "999999999",
    ),
    State(
        "CAN", "eng", "CANADA", ("CANADA", "CANADA"), "CANADIAN/CANADIENNE",
        _words("TREMBLAY, MACKENZIE, GAGNON, SINGH, BOUCHARD, MCLEOD, WONG, PELLETIER"),
        _words("LIAM, MATHIEU, GURPREET, WILLIAM, JEAN-FRANÇOIS, EVAN JAMES"),
        _words("SARAH, GENEVIÈVE, AVERY, CHLOÉ MARIE, HARPREET, EMMA"),
        _words("OTTAWA CAN, MONTRÉAL CAN, VANCOUVER CAN, TROIS-RIVIÈRES CAN, HALIFAX CAN"),
        _words("GATINEAU, MISSISSAUGA, TORONTO, CALGARY"), "AA999999",
    ),
    State(
        "AUS", "eng", "AUSTRALIA", ("AUSTRALIA", "AUSTRALIE"), "AUSTRALIAN",
        _words("CITIZEN, MURRAY, KELLY, NAKAMURA, PAPADOPOULOS, HUGHES, DIMITRIOU, WARD"),
        _words("JACK, LACHLAN, NOAH JAMES, BRUCE, HAMISH"), _words("JANE, MATILDA, KYLIE ANNE, ISLA, RUBY MAY"),
        _words("CANBERRA, WAGGA WAGGA, BRISBANE, ALICE SPRINGS, HOBART"),
        _words("AUSTRALIA, AUSTRALIAN PASSPORT OFFICE, SYDNEY"), "PA9999999",
    ),
    State(
        "NZL", "eng", "NEW ZEALAND", ("NEW ZEALAND", "NOUVELLE-ZÉLANDE"), "NEW ZEALAND",
        _words("NGATA, WHITEHEAD, MCKENZIE, TĀMIHANA, FALEOLO, COOPER"),
        _words("WIREMU, FRED JOHN, OLIVER, HĒMI"), _words("AROHA, MĀIA, KIRI TE, CHARLOTTE"),
        _words("AUCKLAND, WHANGĀREI, TAIHAPE, ŌTAUTAHI"), _words("DIA WLG, DIA AKL, DIA SYD"), "LA999999",
    ),
    State(
        "IRL", "eng", "ÉIRE", ("IRELAND", "IRLANDE"), "ÉIREANNACH/IRISH",
        _words("O'SULLIVAN, Ó BRIAIN, MURPHY, NÍ DHOMHNAILL, FITZPATRICK, MCGRATH"),
        _words("SEÁN, CILLIAN, PÁDRAIG EOIN, DARRAGH"), _words("AOIFE, SINÉAD, LAUREN, GRÁINNE MARY"),
        _words("BAILE ÁTHA CLIATH/DUBLIN, CORCAIGH/CORK, GAILLIMH/GALWAY"),
        _words("AN ROINN GNÓTHAÍ EACHTRACHA/DEPT OF FOREIGN AFFAIRS, DEPT OF FOREIGN AFFAIRS"), "AA9999999",
    ),
    State(
        "ESP", "esp", "ESPAÑA", ("SPAIN", "ESPAGNE"), "ESPAÑOLA",
        _words("NÚÑEZ GARCÍA, MUÑOZ PEÑA, DE LA CRUZ ORTEGA, IBÁÑEZ SOLER, FERNÁNDEZ VEGA, GÜELL ROCA"),
        _words("JOSÉ LUIS, ÁLVARO, IÑAKI, JUAN CARLOS, RAÚL"), _words("MARÍA DEL CARMEN, LUCÍA, BEGOÑA, INÉS, PILAR"),
        _words("MADRID, A CORUÑA, CÓRDOBA, SAN SEBASTIÁN, LOGROÑO, ALCALÁ DE HENARES"),
        _words("DGP-28601A6P1, DGP-08100L2P1, MADRID-CENTRO"), "AAA999999", "A9999999900",
    ),
    State(
        "MEX", "esp", "ESTADOS UNIDOS MEXICANOS", ("UNITED MEXICAN STATES", "ÉTATS-UNIS MEXICAINS"), "MEXICANA",
        _words("HERNÁNDEZ LÓPEZ, ZÚÑIGA ORTIZ, PEÑALOZA RUIZ, CASTAÑEDA, GÓMEZ MORÍN"),
        _words("JOSÉ ÁNGEL, MIGUEL, EMILIANO, RICARDO"), _words("GUADALUPE, MARÍA FERNANDA, XÓCHITL, SOFÍA"),
        _words("CIUDAD DE MÉXICO, MÉRIDA YUCATÁN, LEÓN GUANAJUATO, TUXTLA GUTIÉRREZ"),
        _words("S.R.E. CUAUHTÉMOC, MÉRIDA, LEÓN, SECRETARÍA DE RELACIONES EXTERIORES"), "A99999999", issue_place=0.3,
    ),
    State(
        "ITA", "ita", "REPUBBLICA ITALIANA", ("ITALIAN REPUBLIC", "RÉPUBLIQUE ITALIENNE"), "ITALIANA",
        _words("D'ANGELO, ROSSI, DE LUCA, DELL'ACQUA, BIANCHI, LO PRESTI, NICOLÒ"),
        _words("GIUSEPPE, LUCA MARIA, NICCOLÒ, PIETRO"), _words("CHIARA, MARIA GRAZIA, ELISABETTA, SOFIA"),
        _words("ROMA (RM), FORLÌ (FC), REGGIO NELL'EMILIA (RE), L'AQUILA (AQ), NAPOLI (NA)"),
        _words("MINISTRO AFFARI ESTERI E COOPERAZIONE INTERNAZIONALE, QUESTORE DI ROMA, QUESTORE DI FORLÌ"),
        "YA9999999",
    ),
    State(
        "PRT", "por", "REPÚBLICA PORTUGUESA", ("PORTUGUESE REPUBLIC", "RÉPUBLIQUE PORTUGAISE"), "PORTUGUESA",
        _words("GONÇALVES, DE SOUSA BRANDÃO, SIMÕES, MAGALHÃES, CONCEIÇÃO"), _words("JOÃO PEDRO, TOMÁS, ANTÓNIO"),
        _words("INÊS, MARIA DA LUZ, BEATRIZ, CONCEIÇÃO"), _words("LISBOA, ÉVORA, GUIMARÃES, PONTA DELGADA"),
        _words("SEF - SERV ESTR E FRONTEIRAS, IRN I.P., GOV. REG. AÇORES"), "A999999",
    ),
    State(
        "BRA", "por", "REPÚBLICA FEDERATIVA DO BRASIL",
        ("FEDERATIVE REPUBLIC OF BRAZIL", "RÉPUBLIQUE FÉDÉRATIVE DU BRÉSIL"), "BRASILEIRO(A)",
        _words("DA SILVA, ARAÚJO DOS SANTOS, ASSUNÇÃO, GUIMARÃES, YAMAMOTO"), _words("JOÃO, LUÍS FELIPE, CAUÃ, MATEUS"),
        _words("ANA BEATRIZ, LETÍCIA, MARIA APARECIDA, LÍVIA"),
        _words("SÃO PAULO/SP, BELÉM/PA, BRASÍLIA/DF, FLORIANÓPOLIS/SC"), _words("DPAS/DPF, SR/PF/SP, SR/DPF/RJ"),
        "AA999999",
    ),
    State(
        "NLD", "nld", "KONINKRIJK DER NEDERLANDEN", ("KINGDOM OF THE NETHERLANDS", "ROYAUME DES PAYS-BAS"),
        "Nederlandse",
        _words("DE VRIES, VAN DEN BERG, IJSBRANDTSZ, DE BRUIJN, VAN 'T HOF, JANSEN e/v KOK, BOËR"),
        _words("WILLEM, JORIS, PIETER JAN, DANIËL"), _words("WILLEKE, SANNE, LIESELOTTE, CATHARINA MARIA"),
        _words("Specimen, 's-Gravenhage, Amsterdam, IJsselstein, Groningen"),
        _words("Burg. van Amsterdam, Burg. van Stad en Dorp, Burg. van Groningen"), "AA9999999", women="V",
    ),
    State(
        "BEL", "nld", "KONINKRIJK BELGIË", ("KINGDOM OF BELGIUM", "ROYAUME DE BELGIQUE"), "BELG",
        _words("PEETERS, DE SMET, VAN DAMME, LAMBRECHT, DUPONT"), _words("WOUT, JEAN-LUC, BART"),
        _words("KATO, MARIE-CLAIRE, ELS"), _words("BRUSSEL, LIÈGE, ANTWERPEN"),
        _words("Antwerpen, Bruxelles, Liège"), "AA999999",
    ),
    State(
        "SWE", "swe", "SVERIGE", ("SWEDEN", "SUÈDE"), "SVENSK/SWEDISH",
        _words("ÅKERSTRÖM, LINDBERG, SJÖGREN, ÖBERG, NYSTRÖM BERG"), _words("ÅKE, BJÖRN, PER-OLOF, HÅKAN"),
        _words("MÄRTA, ULLA-BRITT, ÅSA, ELSA KARIN"), _words("STOCKHOLM, MALMÖ, GÄVLE, ÖREBRO"),
        _words("POLISMYNDIGHETEN, POLISEN STOCKHOLM"), "99999999", "9999999999", women="K",
    ),
    State(
        "DNK", "dan", "DANMARK", ("DENMARK", "DANEMARK"), "DANSK/DANISH",
        _words("SØRENSEN, KJÆR, BØGH, AAGAARD, NIELSEN"), _words("SØREN, LARS PETER, NIELS"),
        _words("KÆTHE, GRY, ANNE-MARIE, FREJA"), _words("KØBENHAVN, ÆRØSKØBING, AALBORG"),
        _words("KØBENHAVNS KOMMUNE, AALBORG KOMMUNE"), "999999999", "9999999999", women="K",
    ),
    State(
        "FIN", "fin", "SUOMI FINLAND", ("FINLAND", "FINLANDE"), "Suomi/Finland",
        _words("Virtanen, Mäkelä, Hämäläinen, Åström, Nyyssönen"), _words("Väinö Olavi, Mikko, Jyrki, Åke"),
        _words("Maria Olivia, Päivi, Äiti Helena, Tuula"), _words("Helsinki, Jyväskylä, Järvenpää, Åbo"),
        _words("Helsingin poliisilaitos, Poliisi, Sisä-Suomen pol."), "AA9999999", "999999-999A", women="N",
    ),
    State(
        "EST", "est", "EESTI", ("ESTONIA", "ESTONIE"), "EST",
        _words("MÄNNIK, TAMM, KÕIV, JÕGI, ÜLEOJA"), _words("JÜRI, TÕNU, MARTIN"), _words("MARI-LIIS, KÄTLIN, ÕIE"),
        _words("TALLINN, PÄRNU, EST, VÕRU"), _words("PPA, POLITSEI- JA PIIRIVALVEAMET"), "KA9999999", "99999999999",
        women="N",
    ),
    State(
        "LVA", "lav", "LATVIJAS REPUBLIKA", ("REPUBLIC OF LATVIA", "RÉPUBLIQUE DE LETTONIE"), "LATVIJAS/LATVIAN",
        _words("BĒRZIŅŠ, KALNIŅA, OZOLIŅŠ, ŠTĀLS"), _words("JĀNIS, ĢIRTS, ANDRIS"), _words("ILZE, ĶĒRSTA, LĪGA"),
        _words("RĪGA, JĒKABPILS, LIEPĀJA"), _words("PMLP RĪGAS 1. NODAĻA, PMLP LIEPĀJAS NODAĻA"), "LV9999999",
        "999999-99999", women="S", men="V",
    ),
    State(
        "LTU", "lit", "LIETUVOS RESPUBLIKA", ("REPUBLIC OF LITHUANIA", "RÉPUBLIQUE DE LITUANIE"), "LTU",
        _words("BASANAVIČIUS, ŽUKAUSKIENĖ, ŠIMKUS, JANKŪNAITĖ"), _words("JONAS, ŽYGIMANTAS, VYTAUTAS"),
        _words("BIRUTĖ, RŪTA, EGLĖ, JŪRATĖ"), _words("VILNIUS, KAUNAS, ŠIAULIAI, PANEVĖŽYS"),
        _words("VILNIAUS MIG.T., KAUNO VPK, ADIC PRIE LR VRM"), "99999999", "99999999999",
        women="M", men="V",
    ),
    State(
        "POL", "pol", "RZECZPOSPOLITA POLSKA", ("REPUBLIC OF POLAND", "RÉPUBLIQUE DE POLOGNE"), "POLSKIE/POLISH",
        _words("KOWALSKA, WIŚNIEWSKI, DĄBROWSKA-ŻUK, ŁUKASIEWICZ, ŚWIĄTEK, WÓJCIK"),
        _words("ŁUKASZ, PAWEŁ ANDRZEJ, STANISŁAW"), _words("AGNIESZKA, MAŁGORZATA ANNA, ZOFIA, ELŻBIETA"),
        _words("WARSZAWA, ŁÓDŹ, KRAKÓW, ZIELONA GÓRA, ŚWINOUJŚCIE"),
        _words("WOJEWODA MAZOWIECKI, MINISTER S W I A, WOJEWODA ŁÓDZKI"), "AA9999999", "99999999999", women="K",
    ),
    State(
        "CZE", "ces", "ČESKÁ REPUBLIKA", ("CZECH REPUBLIC", "RÉPUBLIQUE TCHÈQUE"), "ČESKÁ REPUBLIKA/CZECH REPUBLIC",
        _words("DVOŘÁK, NOVÁKOVÁ, ŠŤASTNÝ, KUČEROVÁ, ŘEZNÍČEK"), _words("JIŘÍ, TOMÁŠ, LUBOŠ"),
        _words("ZDEŇKA, JIŘINA, KATEŘINA, BOŽENA"), _words("PRAHA 1, PLZEŇ, ÚSTÍ NAD LABEM, ČESKÉ BUDĚJOVICE"),
        _words("PRAHA 1, PLZEŇ, MAGISTRÁT MĚSTA BRNA"), "99999999", "999999/9999", women="F",
    ),
    State(
        "SVK", "slk", "SLOVENSKÁ REPUBLIKA", ("SLOVAK REPUBLIC", "RÉPUBLIQUE SLOVAQUE"), "SLOVENSKÁ REPUBLIKA",
        _words("HORVÁTH, KRÁĽOVÁ, ŠPIRKO, ČERNÁK"), _words("ĽUBOMÍR, MARTIN, TOMÁŠ"), _words("ĽUDMILA, ZUZANA, ANNA"),
        _words("BRATISLAVA, KOŠICE, BANSKÁ BYSTRICA"), _words("OR PZ BRATISLAVA, KOŠICE"), "AA9999999", "9999999999",
    ),
    State(
        "HUN", "hun", "MAGYARORSZÁG", ("HUNGARY", "HONGRIE"), "MAGYAR/HUNGARIAN",
        _words("KOVÁCS, SZŐLLŐSI, TÓTH-NAGY, GYÖRGY, KŐSZEGI"), _words("LÁSZLÓ, ÁRPÁD BÉLA, GYÖRGY"),
        _words("ROZÁLIA IRMA, ÁGNES, ERZSÉBET, TÜNDE"), _words("BUDAPEST 07, GYŐR, KECSKEMÉT, NYÍREGYHÁZA"),
        _words("KEK KH, BM NYHÁT, KORMÁNYHIVATAL"), "AA9999999", women="N", men="F",
    ),
    State(
        "ROU", "ron", "ROMÂNIA", ("ROMANIA", "ROUMANIE"), "ROMÂNĂ/ROMANIAN",
        _words("IONESCU, ȘTEFĂNESCU, CĂLINESCU, ȚEPEȘ"), _words("ION, ȘTEFAN, CĂTĂLIN"), _words("ELENA, IOANA, SÂNZIANA"),
        _words("BUCUREȘTI, TIMIȘOARA, IAȘI, BACĂU"), _words("S.P.E.E.P. IAȘI, DGP BUCUREȘTI, MAE"), "999999999",
    ),
    State(
        "HRV", "hrv", "REPUBLIKA HRVATSKA", ("REPUBLIC OF CROATIA", "RÉPUBLIQUE DE CROATIE"), "HRVATSKO",
        _words("ŠIMIĆ, ĐURĐEVIĆ, KOVAČEVIĆ, ŽUPAN"), _words("ŽELJKO, IVAN, MARKO"), _words("ANĐELA, MARIJA, JASMINKA"),
        _words("ZAGREB, ŠIBENIK, POŽEGA, ČAKOVEC"), _words("PU ZAGREBAČKA, PU/ZAGREB, MUP"), "999999999", women="Ž",
    ),
    State(
        "SVN", "slv", "REPUBLIKA SLOVENIJA", ("REPUBLIC OF SLOVENIA", "RÉPUBLIQUE DE SLOVÉNIE"), "SLOVENSKO",
        _words("KOŠIR, ŽAGAR, ČERNE, NOVAK"), _words("MATJAŽ, JANEZ, LUKA"), _words("MOJCA, ŠPELA, ANA"),
        _words("LJUBLJANA, MARIBOR, ŠKOFJA LOKA"), _words("UE LJUBLJANA, UE MARIBOR"), "PB9999999", women="Ž",
    ),
    State(
        "TUR", "tur", "TÜRKİYE CUMHURİYETİ", ("REPUBLIC OF TURKEY", "RÉPUBLIQUE DE TURQUIE"), "T.C./TUR",
        _words("YILDIRIM, ÖZTÜRK, ŞAHİN, ÇELİK, IŞIK, GÜMÜŞ"), _words("MEHMET, ÖMER FARUK, İBRAHİM"),
        _words("AYŞE, GÜLŞEN, ÇİĞDEM, ZEYNEP"), _words("İSTANBUL, ŞANLIURFA, ÇANAKKALE, ANKARA"),
        _words("ANKARA, ŞİŞLİ, MERKEZ, İSTANBUL VALİLİĞİ"), "U99999999", "99999999999", women="K", men="E",
        issue_place=0.3,
    ),
    State(
        "RUS", "rus", "РОССИЙСКАЯ ФЕДЕРАЦИЯ", ("RUSSIAN FEDERATION", "FÉDÉRATION DE RUSSIE"), "RUSSIAN FEDERATION",
        _words("IVANOVA, SMIRNOV, KUZNETSOVA, SHCHERBAKOV"), _words("ALEKSANDR, DMITRII, SERGEI"),
        _words("EKATERINA, IULIIA, NATALIA"), _words("MOSCOW/USSR, ST. PETERSBURG, OMSK"),
        _words("FMS 77801, MVD 50003, FMS 78039"), "999999999", women="Ж",
    ),
    State(
        "UKR", "ukr", "УКРАЇНА", ("UKRAINE", "UKRAINE"), "UKRAINE",
        _words("SHEVCHENKO, KOVALENKO, TKACHUK, BONDAR"), _words("OLEKSANDR, ANDRII, TARAS"),
        _words("OKSANA, YULIIA, KATERYNA"), _words("KYIV, LVIV, KHARKIV, POLTAVA"), _words("8001, 4601, 6321"),
        "AA999999", "9999999999999", women="Ж", men="Ч",
    ),
    State(
        "GRC", "ell", "ΕΛΛΗΝΙΚΗ ΔΗΜΟΚΡΑΤΙΑ", ("HELLENIC REPUBLIC", "RÉPUBLIQUE HELLÉNIQUE"), "HELLENIC",
        _words("PAPADOPOULOU, GEORGIOU, NIKOLAIDIS, KARRAS"), _words("IOANNIS, DIMITRIOS, NIKOLAOS"),
        _words("ELENI, MARIA, AIKATERINI"), _words("ATHENS, THESSALONIKI, PATRA"), _words("A.E.A./D.D.-N.P.C.",),
        "AA9999999",
    ),
    State(
        "IDN", "ind", "REPUBLIK INDONESIA", ("REPUBLIC OF INDONESIA", "RÉPUBLIQUE D'INDONÉSIE"), "INDONESIA",
        _words("WIJAYA, SITOMPUL, HARTONO, NASUTION"), _words("BUDI, AGUS, MUHAMMAD RIZKI"), _words("SITI, DEWI AYU, PUTRI"),
        _words("JAKARTA, BANDUNG, MEDAN, DENPASAR"), _words("JAKARTA SELATAN, BANDUNG, MEDAN, SURABAYA"), "A9999999",
        women="P", men="L", issue_place=0.2,
    ),
    State(
        "MYS", "eng", "MALAYSIA", ("MALAYSIA", "MALAISIE"), "MALAYSIA",
        _words("AHMAD BIN ISMAIL, LIM WEI MING, NUR AISYAH BINTI OSMAN, RAJ A/L KUMAR, TAN SIEW LING"), ("",), ("",),
        _words("KUALA LUMPUR, PULAU PINANG, JOHOR, SARAWAK"), _words("KUALA LUMPUR, PUTRAJAYA, UTC IPOH"), "A99999999",
        "999999999999",
    ),
    State(
        "SGP", "eng", "REPUBLIC OF SINGAPORE", ("REPUBLIC OF SINGAPORE", "SINGAPOUR"), "SINGAPORE CITIZEN",
        _words("LEE WEI JIE, ONG MEI LING, TAN AH KOW, MUHAMMAD FARID, NAIR PRIYA"), ("",), ("",),
        _words("SINGAPORE, MALAYSIA, PENANG"), _words("MINISTRY OF HOME AFFAIRS", ), "K9999999A", "S9999999A",
    ),
    State(
        "THA", "eng", "THAILAND", ("THAILAND", "THAÏLANDE"), "THAI",
        _words("SRISAWAT, CHAIPRASERT, WONGSAKUL, RATTANAKOSIN"), _words("SOMCHAI, KITTIPONG, NATTAPONG"),
        _words("MALEE, SIRIPORN, KANOKWAN"), _words("BANGKOK, CHIANG MAI, UBON RATCHATHANI"),
        _words("MINISTRY OF FOREIGN AFFAIRS", ), "AA9999999", "9999999999999",
    ),
    State(
        "VNM", "vie", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", ("SOCIALIST REPUBLIC OF VIET NAM", "VIÊT NAM"),
        "VIETNAMESE",
        _words("NGUYEN, TRAN, PHAM, HOANG"), _words("VAN MINH, DUC THANG, QUOC HUY"),
        _words("THI THANH HA, NGOC ANH, THU TRANG"), _words("HA NOI, HO CHI MINH, DA NANG, NGHE AN"),
        _words("Immigration Department, Cuc Quan ly XNC"), "A9999999", "999999999999",
    ),
    State(
        "PHL", "eng", "REPUBLIKA NG PILIPINAS", ("REPUBLIC OF THE PHILIPPINES", "PHILIPPINES"), "FILIPINO",
        _words("DELA CRUZ, MACARAEG, SANTOS, DE LOS REYES"), _words("JUAN, JOSE MARIA, ANGELO"),
        _words("MARIA CLARA, LUZVIMINDA, GRACE"), _words("MANILA, CEBU CITY, DAVAO CITY, QUEZON CITY"),
        _words("DFA MANILA, DFA NCR SOUTH, PE DUBAI"), "P9999999A",
    ),
    State(
        "IND", "eng", "REPUBLIC OF INDIA", ("REPUBLIC OF INDIA", "RÉPUBLIQUE DE L'INDE"), "INDIAN",
        _words("SHARMA, PATEL, RAMACHANDRAN, BANERJEE, KHAN"), _words("RAHUL, VENKATA SAI, IMRAN"),
        _words("PRIYA, LAKSHMI DEVI, AISHA"), _words("MUMBAI MAHARASHTRA, THIRUVANANTHAPURAM KERALA, AGRA UTTAR PRADESH"),
        _words("DELHI, MUMBAI, KOZHIKODE, BENGALURU"), "A9999999", issue_place=1.0,
    ),
    State(
        "JPN", "jpn", "日本国", ("JAPAN", "JAPON"), "JAPAN",
        _words("SATO, YAMADA, OHNO, TAKAHASHI, GAIMU"), _words("KENJI, HIROSHI, TARO"), _words("SAKURA, YUKO, HANAKO"),
        _words("TOKYO, OSAKA, HOKKAIDO, FUKUOKA"), _words("MINISTRY OF FOREIGN AFFAIRS", ), "TR9999999",
    ),
    State(
        "KOR", "eng", "REPUBLIC OF KOREA", ("REPUBLIC OF KOREA", "CORÉE DU SUD"), "REPUBLIC OF KOREA",
        _words("KIM, PARK, LEE, CHOI, HWANG"), _words("MIN SU, JI-HOON, SEUNGWOO"), _words("SOO-JIN, HAYOON, EUN JI"),
        _words("SEOUL, BUSAN, INCHEON"), _words("MINISTRY OF FOREIGN AFFAIRS", ), "M99999999", "9999999A999999",
        code_printed="PM",
    ),
    State(
        "NGA", "eng", "FEDERAL REPUBLIC OF NIGERIA", ("FEDERAL REPUBLIC OF NIGERIA", "NIGÉRIA"), "NIGERIAN",
        _words("ADEYEMI, OKONKWO, BELLO, EZE"), _words("CHUKWUEMEKA, IBRAHIM MUSA, OLUWASEUN"),
        _words("NGOZI BLESSING, AMINA, FOLASADE"), _words("LAGOS, ABUJA, PORT HARCOURT, KANO"),
        _words("ABUJA HQRS, IKOYI, LONDON, ALAUSA"), "A99999999", "99999999999",
    ),
    State(
        "KEN", "eng", "REPUBLIC OF KENYA", ("REPUBLIC OF KENYA", "KENYA"), "KENYAN",
        _words("MWANGI, OTIENO, KIPCHOGE, WANJIKU"), _words("DANIEL KIPROTICH, PETER, JUMA"),
        _words("GRACE ACHIENG, FAITH, NJERI"), _words("NAIROBI, ELDORET, MOMBASA"),
        _words("GOVERNMENT OF KENYA, REGISTRAR GENERAL NAIROBI"), "AK9999999", "99999999", issue_place=0.4,
    ),
    State(
        "MAR", "fra", "ROYAUME DU MAROC", ("KINGDOM OF MOROCCO", "ROYAUME DU MAROC"), "MAROCAINE",
        _words("EL AMRANI, BENALI, OULD-TAÏEB, AÏT BENHADDOU"), _words("YOUSSEF, MOHAMMED AMINE, KARIM"),
        _words("FATIMA ZAHRA, KHADIJA, NAÏMA"), _words("CASABLANCA, FÈS, MARRAKECH, TÉTOUAN"),
        _words("PRÉFECTURE DE FÈS, WILAYA DE RABAT, CONSULAT PARIS"), "AA9999999", "AA999999", issue_place=0.4,
    ),
    State(
        "CHE", "deu", "SCHWEIZER PASS", ("SWISS CONFEDERATION", "PASSEPORT SUISSE"), "Schweiz · Suisse · Svizzera",
        _words("MÜLLER, BÜHLER, FAVRE, BERNASCONI, ZÜRCHER"), _words("URS, JEAN-MARC, RETO"), _words("HEIDI, VRENI, CLAIRE"),
        _words("Zürich ZH, Bern BE, Genève GE, Davos GR"), _words("Bern BE, Zürich ZH, Genève GE, Chur GR"), "X9999999",
    ),
    State(
        "AUT", "deu", "REPUBLIK ÖSTERREICH", ("REPUBLIC OF AUSTRIA", "RÉPUBLIQUE D'AUTRICHE"), "ÖSTERREICH",
        _words("GRUBER, HÖRMANN, STEINBÖCK, PICHLER"), _words("FRANZ, SEBASTIAN, JÖRG"), _words("RESI, HANNELORE, JOHANNA"),
        _words("WIEN, ST. PÖLTEN, KLAGENFURT"), _words("BH SALZBURG-UMGEBUNG, MAGISTRAT WIEN, BH MÖDLING"), "P9999999",
    ),
    State(
        "UTO", "eng", "UTOPIA", ("UTOPIA", "UTOPIE"), "UTOPIAN",
        _words("ERIKSEN, STEVENSON-FAIRWEATHER, ZORBLAX, MORUS"), _words("TOMMASO, JOHN PAUL, RAPHAEL"),
        _words("ANNIKA MARIE, GAIA, THEODORA"), _words("ZENITH, AMAUROTE, NADIR-ON-SEA"),
        _words("PASSPORT OFFICE, MINISTRY OF TRAVEL, CITY OF AMAUROTE"), "A99999A99", "AA99999999",
        issue_place=0.5,
    ),
)  # fmt: skip

STATES: Mapping[str, State] = {state.code: state for state in _ROWS}
"""By the code their MRZ prints (Germany's is ``D``)."""

MULTI_LETTER_CODES = ("P", "P", "P", "P", "PN", "PP", "PB", "PM")
"""Printed document types of states that are not Chinese."""

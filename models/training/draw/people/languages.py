"""What labels and months are called on data pages, in many languages: the vocabulary of the drawn pages."""

from collections.abc import Mapping
from enum import StrEnum


class Label(StrEnum):
    """A thing that is labelled on a data page."""

    TYPE = "type"
    CODE = "code"
    NUMBER = "number"
    SURNAME = "surname"
    GIVEN_NAMES = "given_names"
    NATIONALITY = "nationality"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    BIRTH_PLACE = "birth_place"
    ISSUE_DATE = "issue_date"
    EXPIRY_DATE = "expiry_date"
    AUTHORITY = "authority"
    ISSUE_PLACE = "issue_place"
    PERSONAL_NUMBER = "personal_number"
    SIGNATURE = "signature"
    PASSPORT = "passport"


_ROWS = {
    "eng": "Type|Code|Passport No.|Surname|Given names|Nationality|Date of birth|Sex|Place of birth|Date of issue"
    "|Date of expiry|Authority|Place of issue|Personal No.|Holder's signature|PASSPORT",
    "fra": "Type|Code|Passeport n°|Nom|Prénoms|Nationalité|Date de naissance|Sexe|Lieu de naissance"
    "|Date de délivrance|Date d'expiration|Autorité|Lieu de délivrance|N° personnel|Signature du titulaire|PASSEPORT",
    "deu": "Typ|Kode|Pass-Nr.|Name|Vornamen|Staatsangehörigkeit|Geburtstag|Geschlecht|Geburtsort"
    "|Ausstellungsdatum|Gültig bis|Behörde|Ausstellungsort|Persönliche Nr.|Unterschrift|REISEPASS",
    "esp": "Tipo|Código|Pasaporte N°|Apellidos|Nombre|Nacionalidad|Fecha de nacimiento|Sexo|Lugar de nacimiento"
    "|Fecha de expedición|Fecha de caducidad|Autoridad|Lugar de expedición|Núm. personal|Firma del titular|PASAPORTE",
    "ita": "Tipo|Codice|Passaporto N.|Cognome|Nome|Cittadinanza|Data di nascita|Sesso|Luogo di nascita"
    "|Data di rilascio|Data di scadenza|Autorità|Luogo di rilascio|N. personale|Firma del titolare|PASSAPORTO",
    "por": "Tipo|Código|Passaporte N.º|Apelidos|Nomes próprios|Nacionalidade|Data de nascimento|Sexo"
    "|Local de nascimento|Data de emissão|Válido até|Autoridade|Local de emissão|N.º pessoal|Assinatura|PASSAPORTE",
    "nld": "Type|Code|Paspoortnummer|Naam|Voornamen|Nationaliteit|Geboortedatum|Geslacht|Geboorteplaats"
    "|Datum van afgifte|Geldig tot|Autoriteit|Plaats van afgifte|Persoonsnummer|Handtekening|PASPOORT",
    "swe": "Typ|Kod|Passnr|Efternamn|Förnamn|Nationalitet|Födelsedatum|Kön|Födelseort|Utfärdat den"
    "|Sista giltighetsdag|Myndighet|Utfärdandeort|Personnummer|Namnteckning|PASS",
    "dan": "Type|Kode|Pasnr.|Efternavn|Fornavne|Nationalitet|Fødselsdato|Køn|Fødested|Udstedelsesdato"
    "|Udløbsdato|Myndighed|Udstedelsessted|Personnr.|Underskrift|PAS",
    "fin": "Tyyppi|Koodi|Passin nro|Sukunimi|Etunimet|Kansalaisuus|Syntymäaika|Sukupuoli|Syntymäpaikka"
    "|Myönnetty|Viimeinen voimassaolopäivä|Viranomainen|Myöntämispaikka|Henkilötunnus|Nimikirjoitus|PASSI",
    "est": "Tüüp|Kood|Passi nr|Perekonnanimi|Eesnimed|Kodakondsus|Sünniaeg|Sugu|Sünnikoht|Välja antud"
    "|Kehtiv kuni|Välja andnud|Väljaandmise koht|Isikukood|Allkiri|PASS",
    "lav": "Tips|Kods|Pases Nr.|Uzvārds|Vārds|Pilsonība|Dzimšanas datums|Dzimums|Dzimšanas vieta"
    "|Izdošanas datums|Derīga līdz|Izdevējiestāde|Izdošanas vieta|Personas kods|Paraksts|PASE",
    "lit": "Tipas|Kodas|Paso Nr.|Pavardė|Vardai|Pilietybė|Gimimo data|Lytis|Gimimo vieta|Išdavimo data"
    "|Galioja iki|Išdavusi įstaiga|Išdavimo vieta|Asmens kodas|Parašas|PASAS",
    "pol": "Typ|Kod|Numer paszportu|Nazwisko|Imiona|Obywatelstwo|Data urodzenia|Płeć|Miejsce urodzenia"
    "|Data wydania|Data upływu ważności|Organ wydający|Miejsce wydania|Numer PESEL|Podpis posiadacza|PASZPORT",
    "ces": "Typ|Kód|Číslo pasu|Příjmení|Jména|Státní občanství|Datum narození|Pohlaví|Místo narození"
    "|Datum vydání|Datum skončení platnosti|Vydal|Místo vydání|Rodné číslo|Podpis držitele|CESTOVNÍ PAS",
    "slk": "Typ|Kód|Číslo pasu|Priezvisko|Mená|Štátne občianstvo|Dátum narodenia|Pohlavie|Miesto narodenia"
    "|Dátum vydania|Dátum platnosti|Vydal|Miesto vydania|Rodné číslo|Podpis držiteľa|CESTOVNÝ PAS",
    "hun": "Típus|Kód|Útlevélszám|Családnév|Utónevek|Állampolgárság|Születési idő|Nem|Születési hely"
    "|Kiállítás dátuma|Lejárat dátuma|Kiállító hatóság|Kiállítás helye|Személyi szám|Aláírás|ÚTLEVÉL",
    "ron": "Tip|Cod|Pașaport nr.|Nume|Prenume|Cetățenie|Data nașterii|Sex|Locul nașterii|Data emiterii"
    "|Data expirării|Autoritatea|Locul emiterii|Cod numeric|Semnătura|PAȘAPORT",
    "hrv": "Vrsta|Kod|Broj putovnice|Prezime|Ime|Državljanstvo|Datum rođenja|Spol|Mjesto rođenja"
    "|Datum izdavanja|Vrijedi do|Izdana od|Mjesto izdavanja|Osobni broj|Potpis|PUTOVNICA",
    "slv": "Vrsta|Koda|Št. potnega lista|Priimek|Ime|Državljanstvo|Datum rojstva|Spol|Kraj rojstva"
    "|Datum izdaje|Datum veljavnosti|Pristojni organ|Kraj izdaje|EMŠO|Podpis imetnika|POTNI LIST",
    "tur": "Tür|Kod|Pasaport No|Soyadı|Adı|Uyruğu|Doğum tarihi|Cinsiyeti|Doğum yeri|Düzenleme tarihi"
    "|Geçerlilik tarihi|Veren makam|Verildiği yer|T.C. Kimlik No|Hamilinin imzası|PASAPORT",
    "ind": "Jenis|Kode Negara|No. Paspor|Nama keluarga|Nama lengkap|Kewarganegaraan|Tgl. lahir|Kelamin"
    "|Tempat lahir|Tgl. pengeluaran|Tgl. habis berlaku|Kantor yang mengeluarkan|Tempat pengeluaran|No. Reg."
    "|Tanda tangan|PASPOR",
    "vie": "Loại|Mã số|Số hộ chiếu|Họ|Tên|Quốc tịch|Ngày sinh|Giới tính|Nơi sinh|Ngày cấp|Có giá trị đến"
    "|Cơ quan cấp|Nơi cấp|Số GCMND|Chữ ký|HỘ CHIẾU",
    "gle": "Cineál|Tír|Uimhir pas|Sloinne|Réamhainm(neacha)|Náisiúntacht|Dáta breithe|Gnéas|Áit bhreithe"
    "|Dáta eisiúna|As feidhm|Údarás|Áit eisiúna|Uimhir phearsanta|Síniú|PAS",
    "msa": "Jenis|Kod Negara|No. Pasport|Nama|Nama diberi|Warganegara|Tarikh lahir|Jantina|Tempat lahir"
    "|Tarikh dikeluarkan|Tarikh tamat tempoh|Pejabat pengeluar|Tempat dikeluarkan|No. Pengenalan|Tandatangan|PASPORT",
    "fil": "Uri|Kodigo ng bansa|Pasaporte blg.|Apelyido|Pangalan|Nasyonalidad|Petsa ng kapanganakan|Kasarian"
    "|Lugar ng kapanganakan|Petsa ng pagkakaloob|Petsa ng pagkawalang bisa|Maykapangyarihan|Lugar ng pagkakaloob"
    "|Blg. ng tao|Lagda|PASAPORTE",
    "rus": "Тип|Код государства|Номер паспорта|Фамилия|Имя|Гражданство|Дата рождения|Пол|Место рождения"
    "|Дата выдачи|Дата окончания срока|Орган, выдавший документ|Место выдачи|Личный №|Подпись владельца|ПАСПОРТ",
    "ukr": "Тип|Код держави|Номер паспорта|Прізвище|Ім'я|Громадянство|Дата народження|Стать|Місце народження"
    "|Дата видачі|Дата закінчення строку дії|Орган, що видав|Місце видачі|Запис №|Підпис пред'явника|ПАСПОРТ",
    "ell": "Τύπος|Κωδικός|Αρ. Διαβατηρίου|Επώνυμο|Όνομα|Ιθαγένεια|Ημερομηνία γέννησης|Φύλο|Τόπος γέννησης"
    "|Ημερομηνία έκδοσης|Ημερομηνία λήξης|Εκδούσα αρχή|Τόπος έκδοσης|Προσωπικός αρ.|Υπογραφή|ΔΙΑΒΑΤΗΡΙΟ",
    "zho": "类型|国家码|护照号码|姓|名|国籍|出生日期|性别|出生地点|签发日期|有效期至|签发机关|签发地点|身份证号"
    "|持照人签名|护照",
    "yue": "類別|簽發國代碼|護照號碼|姓|名|國籍|出生日期|性別|出生地點|簽發日期|屆滿日期|簽發機關|簽發地點"
    "|身份證號碼|持照人簽署|護照",
    "jpn": "型|発行国|旅券番号|姓|名|国籍|生年月日|性別|本籍|発行年月日|有効期間満了日"
    "|発行官庁|発行地|番号|所持人自署|旅券",
}

LABELS: Mapping[str, Mapping[Label, str]] = {
    language: dict(zip(Label, row.split("|"), strict=True)) for language, row in _ROWS.items()
}
"""Label texts by language code (ISO 639-2, ``yue`` for traditional Chinese)."""

_MONTHS = {
    "eng": "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC",
    "fra": "JANV FÉV MARS AVR MAI JUIN JUIL AOÛT SEPT OCT NOV DÉC",
    "deu": "JAN FEB MÄR APR MAI JUN JUL AUG SEP OKT NOV DEZ",
    "esp": "ENE FEB MAR ABR MAY JUN JUL AGO SEP OCT NOV DIC",
    "ita": "GEN FEB MAR APR MAG GIU LUG AGO SET OTT NOV DIC",
    "por": "JAN FEV MAR ABR MAI JUN JUL AGO SET OUT NOV DEZ",
    "nld": "JAN FEB MAART APR MEI JUNI JULI AUG SEP OKT NOV DEC",
    "swe": "JAN FEB MAR APR MAJ JUN JUL AUG SEP OKT NOV DEC",
    "fin": "TAMMI HELMI MAALIS HUHTI TOUKO KESÄ HEINÄ ELO SYYS LOKA MARRAS JOULU",
    "est": "JAAN VEEBR MÄRTS APR MAI JUUNI JUULI AUG SEPT OKT NOV DETS",
    "pol": "STY LUT MAR KWI MAJ CZE LIP SIE WRZ PAŹ LIS GRU",
    "hun": "JAN FEBR MÁRC ÁPR MÁJ JÚN JÚL AUG SZEPT OKT NOV DEC",
    "ron": "IAN FEB MAR APR MAI IUN IUL AUG SEP OCT NOI DEC",
    "hrv": "SIJ VELJ OŽU TRA SVI LIP SRP KOL RUJ LIS STU PRO",
    "tur": "OCA ŞUB MAR NİS MAY HAZ TEM AĞU EYL EKİ KAS ARA",
    "gle": "EAN FEABH MÁRTA AIB BEAL MEITH IÚIL LÚN MFÓM DFÓM SAMH NOLL",
    "msa": "JAN FEB MAC APR MEI JUN JUL OGOS SEPT OKT NOV DIS",
    "fil": "ENE PEB MAR ABR MAY HUN HUL AGO SET OKT NOB DIS",
    "ell": "ΙΑΝ ΦΕΒ ΜΑΡ ΑΠΡ ΜΑΪ ΙΟΥΝ ΙΟΥΛ ΑΥΓ ΣΕΠ ΟΚΤ ΝΟΕ ΔΕΚ",
}

MONTHS: Mapping[str, tuple[str, ...]] = {language: tuple(row.split()) for language, row in _MONTHS.items()}
"""Abbreviated month names as printed in capitals, January first."""

"""The wording of printed labels, phrases parted by semicolons: ICAO 9303-4 Table 1 and usual translations."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Label(StrEnum):
    """What a label announces."""

    TYPE = "type"
    CODE = "code"
    NUMBER = "number"
    SURNAME = "surname"
    GIVEN_NAMES = "given names"
    FULL_NAME = "full name"
    NATIONALITY = "nationality"
    BIRTH_DATE = "birth date"
    SEX = "sex"
    BIRTH_PLACE = "birth place"
    ISSUE_DATE = "issue date"
    EXPIRY_DATE = "expiry date"
    ISSUE_PLACE = "issue place"
    AUTHORITY = "authority"
    OTHER = "other"


PHRASES: Final[Mapping[Label, str]] = {
    Label.TYPE: (
        "Type; Typ; Tipo; Tyyppi; Tipas; Tips; Type of document; Vrsta; Tür; Jenis; Liik; Tüüp; Típus; Loại; Tip"
    ),
    Label.CODE: (
        "Code; Country code; Code of issuing State; Code du pays; Code du pays émetteur; Kode; Kod; Code de "
        "l'Etat; Código del país; Codice paese; Issuing country; Issuing state; Code de l'État émetteur; "
        "Land; Código; Kode negara; Kood; Kods; Kodas; Koda; Codice; Mã số; Cod; Country"
        "; Kod negara; Kodigo ng bansa; Útgáfuland; Kodiċi; Kodi i shtetit; Código país"
    ),
    Label.NUMBER: (
        "Passport No; Passport Number; Passeport N°; No du passeport; Numéro du passeport; Pass-Nr; Reisepass "
        "Nr; Pasaporte No; Número de pasaporte; Passaporto N; Document No; Número do passaporte; Paspoort nr; "
        "Nr paszportu; Číslo pasu; Broj putovnice; Pasaport No; No. of passport; Passin numero; Nomor paspor; "
        "No. paspor; Paspoortnummer; Pasnr; Passin nro; Passi nr; Pases Nr; Paso Nr; Numer paszportu; "
        "Útlevélszám; Pașaport nr; Št. potnega lista; Số hộ chiếu; Passaporte N.º"
        "; Vegabréf nr; No. pasport; Pasaporte blg; Pas uimhir; Numru tal-passaport; Nr. i pasaportës"
        "; Rhif pasbort; Broj pasoša; Pasportun nömrəsi; Número de documento"
    ),
    Label.SURNAME: (
        "Surname; Nom; Nachname; Familienname; Apellidos; Apellido; Cognome; Apelidos; Naam; Nazwisko; "
        "Příjmení; Prezime; Soyadı; Efternamn; Etternavn; Efternavn; Sukunimi; Perekonnanimi; Uzvārds; "
        "Pavardė; Nume; Vezetéknév; Family name; Priezvisko; Priimek; Sloinne; Last name; Sobrenome; Mbiemri; "
        "Családnév; Họ; Nama keluarga"
        "; Kenninafn; Apelyido; Kunjom; Cyfenw; Primer apellido"
    ),
    Label.GIVEN_NAMES: (
        "Given names; Given name; Prénoms; Prénom; Vornamen; Vorname; Nombres; Nombre; Nome; Nomi; Nomes "
        "próprios; Voornamen; Imiona; Jméno; Jména; Ime; Adı; Förnamn; Fornavn; Fornavne; Etunimet; Eesnimi; "
        "Vārds; Vardas; Prenume; Utónév; First names; Forenames; Meno; Réamhainm; Emri; Eesnimed; Vardai; "
        "Utónevek; Mená; Tên"
        "; Eiginnöfn; Eiginnafn; Pangalan; Enwau a roddwyd; Réamhainmneacha; Primeiro nome"
        "; Nombre y apellidos"
    ),
    Label.FULL_NAME: (
        "Name; Full name; Name (Surname Given names); Nama lengkap; Nama; Name of bearer; Nom et prénoms; "
        "Surname and given names"
    ),
    Label.NATIONALITY: (
        "Nationality; Nationalité; Staatsangehörigkeit; Nacionalidad; Cittadinanza; Nacionalidade; "
        "Nationaliteit; Obywatelstwo; Státní občanství; Državljanstvo; Uyruğu; Nationalitet; Medborgarskap; "
        "Kansalaisuus; Kodakondsus; Pilsonība; Pilietybė; Cetățenie; Állampolgárság; Štátne občianstvo; "
        "Kewarganegaraan; Citizenship; Statsborgerskap; Náisiúntacht; Quốc tịch"
        "; Ríkisfang; Warganegara; Nasyonalidad; Ċittadinanza; Shtetësia; Cenedligrwydd; Vətəndaşlığı"
        "; Naisiuntacht"
    ),
    Label.BIRTH_DATE: (
        "Date of birth; Date de naissance; Geburtsdatum; Geburtstag; Tag der Geburt; Fecha de nacimiento; "
        "Data di nascita; Data de nascimento; Geboortedatum; Data urodzenia; Datum narození; Datum rođenja; "
        "Doğum tarihi; Födelsedatum; Fødselsdato; Syntymäaika; Sünniaeg; Dzimšanas datums; Gimimo data; Data "
        "nașterii; Születési idő; Dátum narodenia; Datum rojstva; Tanggal lahir; Dáta breithe; Ngày sinh; "
        "Tgl. lahir"
        "; Fæðingardagur; Tarikh lahir; Petsa ng kapanganakan; Data tat-twelid; Datëlindja; Dyddiad geni"
        "; Doğulduğu tarix; Birth date; Né le; Née le"
    ),
    Label.SEX: (
        "Sex; Sexe; Geschlecht; Sexo; Sesso; Geslacht; Płeć; Pohlaví; Spol; Cinsiyeti; Kön; Kjønn; Sukupuoli; "
        "Sugu; Dzimums; Lytis; Nem; Pohlavie; Jenis kelamin; Gender; Gnéas; Giới tính; Kelamin; Cinsiyet"
        "; Jantina; Kasarian; Gjinia; Kynferði"
    ),
    Label.BIRTH_PLACE: (
        "Place of birth; Lieu de naissance; Geburtsort; Lugar de nacimiento; Luogo di nascita; Local de "
        "nascimento; Naturalidade; Geboorteplaats; Miejsce urodzenia; Místo narození; Mjesto rođenja; Doğum "
        "yeri; Födelseort; Fødested; Syntymäpaikka; Sünnikoht; Dzimšanas vieta; Gimimo vieta; Locul nașterii; "
        "Születési hely; Miesto narodenia; Kraj rojstva; Tempat lahir; Áit bhreithe; Country of birth; Nơi "
        "sinh"
        "; Fæðingarstaður; Lugar ng kapanganakan; Post tat-twelid; Vendlindja; Man geni; Mesto rođenja"
        "; Doğulduğu yer; Birth place; Syntymäkotikunta"
    ),
    Label.ISSUE_DATE: (
        "Date of issue; Date de délivrance; Ausstellungsdatum; Ausgestellt am; Tag der Ausstellung; Fecha de "
        "expedición; Fecha de emisión; Data di rilascio; Data de emissão; Datum van afgifte; Data wydania; "
        "Datum vydání; Datum izdavanja; Veriliş tarihi; Düzenlenme tarihi; Utfärdandedatum; Utstedt dato; "
        "Udstedelsesdato; Myönnetty; Myöntämispäivä; Väljaandmise kuupäev; Izdošanas datums; Išdavimo data; "
        "Data eliberării; Kiállítás dátuma; Dátum vydania; Datum izdaje; Tanggal pengeluaran; Dáta eisiúna; "
        "Issued on; Utfärdat den; Välja antud; Data emiterii; Düzenleme tarihi; Ngày cấp; Tgl. pengeluaran; "
        "Date of delivery"
        "; Útgáfudagur; Tarikh dikeluarkan; Petsa ng pagkakaloob; Data tal-ħruġ; Data e lëshimit"
        "; Dyddiad cyhoeddi; Verilmə tarixi; Date of issuance; Issue date; Délivré le; Utstedelsesdato"
        "; Expedido el"
    ),
    Label.EXPIRY_DATE: (
        "Date of expiry; Date d'expiration; Gültig bis; Ablaufdatum; Fecha de caducidad; Fecha de "
        "vencimiento; Data di scadenza; Data de validade; Geldig tot; Data ważności; Platnost do; Vrijedi do; "
        "Son geçerlilik tarihi; Sista giltighetsdag; Gyldig til; Voimassa; Viimeinen voimassaolopäivä; Kehtiv "
        "kuni; Derīga līdz; Galioja iki; Data expirării; Érvényes; Velja do; Tanggal habis berlaku; Date of "
        "expiration; Valid until; Expiry date; Dáta éaga; Válido até; Udløbsdato; Data upływu ważności; Datum "
        "skončení platnosti; Dátum platnosti; Lejárat dátuma; Datum veljavnosti; Geçerlilik tarihi; Có giá "
        "trị đến; Tgl. habis berlaku"
        "; Gildir til; Tarikh tamat tempoh; Sah sehingga; Petsa ng pagkawalang bisa; Data ta' skadenza"
        "; Data e skadimit; Dyddiad dod i ben; Važi do; Etibarlıdır; Utløpsdato; Fecha de expiración"
        "; Expire le; Valable jusqu'au; As feidhm"
    ),
    Label.ISSUE_PLACE: (
        "Place of issue; Lieu de délivrance; Ausstellungsort; Lugar de expedición; Luogo di rilascio; Local "
        "de emissão; Plaats van afgifte; Miejsce wydania; Místo vydání; Mjesto izdavanja; Verildiği yer; "
        "Issued at; Tempat pengeluaran; Utfärdandeort; Udstedelsessted; Myöntämispaikka; Väljaandmise koht; "
        "Izdošanas vieta; Išdavimo vieta; Miesto vydania; Kiállítás helye; Locul emiterii; Kraj izdaje; Nơi "
        "cấp"
        "; Útgáfustaður; Tempat dikeluarkan; Lugar ng pagkakaloob; Vendi i lëshimit; Lugar de emisión"
        "; Issue place; Utstedelsessted"
    ),
    Label.AUTHORITY: (
        "Authority; Autorité; Behörde; Ausstellende Behörde; Autoridad; Autorità; Autoridade; Instantie; "
        "Authority of issue; Organ wydający; Vydal; Tijelo koje je izdalo; Veren makam; Myndighet; Utfärdande "
        "myndighet; Viranomainen; Väljaandja; Iestāde; Išdavė; Autoritatea; Kiállító hatóság; Vydal úrad; "
        "Organ; Issuing authority; Issuing office; Kantor yang mengeluarkan; Autorité de délivrance; Údarás; "
        "Issued by; Délivré par; Autoriteit; Myndighed; Välja andnud; Izdevējiestāde; Išdavusi įstaiga; "
        "Izdana od; Pristojni organ; Cơ quan cấp"
        "; Útgefandi; Pejabat pengeluar; Maykapangyarihan; Awtorità; Autoriteti; Awdurdod; Organ izdavanja"
        "; Verən orqan; Utstedende myndighet; Autoridad emisora; Oficina expedidora; Autorité émettrice"
        "; Órgão emissor; Awtoridad"
    ),
    Label.OTHER: (
        "Personal No; Personal number; Personal Id. No.; Personal identification number; Numéro personnel; "
        "PESEL; Signature; Holder's signature; Bearer's signature; Signature of bearer; Signature du "
        "titulaire; Unterschrift; Height; Taille; Größe; Colour of eyes; Eyes; Couleur des yeux; Residence; "
        "Domicile; Wohnort; Also known as; Endorsements; Remarks; "
        "Observations; Profession; Occupation; Place of residence; Firma; Firma del titular; Husband's name; "
        "N° personnel; Persönliche Nr; Núm. personal; N. personale; N.º pessoal; Persoonsnummer; "
        "Personnummer; Henkilötunnus; Isikukood; Personas kods; Asmens kodas; Numer PESEL; Rodné číslo; "
        "Személyi szám; Cod numeric; Osobni broj; EMŠO; T.C. Kimlik No; Assinatura; Handtekening; "
        "Namnteckning; Underskrift; Nimikirjoitus; Allkiri; Paraksts; Parašas; Podpis posiadacza; Podpis "
        "držitele; Aláírás; Semnătura; Potpis; Podpis imetnika; Hamilinin imzası; Tanda tangan; Chữ ký; Firma "
        "del titolare; Name in Chinese"
        "; Kennitala; No. kad pengenalan; Panggitnang apelyido; Middle name; Síniú; Lagda; Firma tal-portatur"
        "; Nénshkrimi; Llofnod; Potpis imaoca; Filiação; Hæð; Height; Old passport No"
    ),
}

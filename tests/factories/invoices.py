"""Structured invoices, FA(3), as firms issue them to schools."""

NAMESPACE = "http://crd.gov.pl/wzor/2025/06/25/13775/"
SELLER, CITY, SCHOOL = "5260250274", "1111111111", "9542742926"
"""Numbers with right check digits."""


def fa3(
    *,
    seller=SELLER,
    buyer=CITY,
    school="",
    inner="",
    number="FV/2026/11/001",
    kind="VAT",
    net="100.00",
    tax="23.00",
    gross="123.00",
    prolog='<?xml version="1.0" encoding="UTF-8"?>',
    namespace=NAMESPACE,
    name="Naprawa instrumentów",
) -> bytes:
    recipient = ""
    if school or inner:
        told = f"<NIP>{school}</NIP>" if school else f"<IDWew>{inner}</IDWew>"
        recipient = (
            f"<Podmiot3><DaneIdentyfikacyjne>{told}<Nazwa>SP NR 1</Nazwa></DaneIdentyfikacyjne>"
            "<Adres><KodKraju>PL</KodKraju><AdresL1>ul. Szkolna 2</AdresL1></Adres>"
            "<Rola>8</Rola></Podmiot3>"
        )
    return f"""{prolog}
<Faktura xmlns="{namespace}">
 <Naglowek><KodFormularza kodSystemowy="FA (3)" wersjaSchemy="1-0E">FA</KodFormularza>
  <WariantFormularza>3</WariantFormularza>
  <DataWytworzeniaFa>2026-11-15T09:30:00Z</DataWytworzeniaFa></Naglowek>
 <Podmiot1><DaneIdentyfikacyjne><NIP>{seller}</NIP><Nazwa>WYKONAWCA SP. Z O.O.</Nazwa>
  </DaneIdentyfikacyjne><Adres><KodKraju>PL</KodKraju><AdresL1>ul. Prosta 1</AdresL1></Adres>
 </Podmiot1>
 <Podmiot2><DaneIdentyfikacyjne><NIP>{buyer}</NIP><Nazwa>GMINA</Nazwa></DaneIdentyfikacyjne>
  <Adres><KodKraju>PL</KodKraju><AdresL1>ul. Ratuszowa 1</AdresL1></Adres>
  <JST>1</JST><GV>2</GV></Podmiot2>{recipient}
 <Fa><KodWaluty>PLN</KodWaluty><P_1>2026-11-15</P_1><P_2>{number}</P_2>
  <P_13_1>{net}</P_13_1><P_14_1>{tax}</P_14_1><P_15>{gross}</P_15>
  <Adnotacje><P_16>2</P_16><P_17>2</P_17><P_18>2</P_18><P_18A>2</P_18A>
   <Zwolnienie><P_19N>1</P_19N></Zwolnienie><NoweSrodkiTransportu><P_22N>1</P_22N>
   </NoweSrodkiTransportu><P_23>2</P_23><PMarzy><P_PMarzyN>1</P_PMarzyN></PMarzy></Adnotacje>
  <RodzajFaktury>{kind}</RodzajFaktury>
  <FaWiersz><NrWierszaFa>1</NrWierszaFa><P_7>{name}</P_7><P_8A>usł.</P_8A><P_8B>1</P_8B>
   <P_9A>{net}</P_9A><P_11>{net}</P_11><P_12>23</P_12></FaWiersz></Fa>
</Faktura>
""".encode()

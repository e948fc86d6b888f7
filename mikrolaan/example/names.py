"""Invented names of people from many places, and the towns and streets they live in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """Names that go together; `newcomers` may need an interpreter or papers in English, or wait for a number."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    weight: int
    newcomers: bool = True


ORIGINS = (
    Origin(  # Norway
        (
            "Åse",
            "Bjørn",
            "Håkon",
            "Ingrid",
            "Jørgen",
            "Kari Anne",
            "Lars",
            "Marte",
            "Ragnhild",
            "Sigurd",
            "Solveig",
            "Øystein",
        ),
        (
            "Aasen",
            "Bråten",
            "Fjellstad",
            "Grønli",
            "Haugsbø",
            "Kvåle",
            "Lillebø",
            "Myrvang",
            "Nordbø",
            "Sætre",
            "Tveiten",
            "Ødegård",
        ),
        6,
        newcomers=False,
    ),
    Origin(  # Sápmi
        ("Áile", "Biret", "Inga Márjá", "Jovnna", "Niillas", "Ánte"),
        ("Eira", "Gaup", "Sara", "Somby", "Utsi"),
        1,
        newcomers=False,
    ),
    Origin(  # Somalia
        ("Abdirahman", "Amina", "Faduma", "Hodan", "Ismail", "Liban", "Sahra", "Yasmin"),
        ("Abdi Warsame", "Ali Farah", "Hassan Nur", "Jama Osman", "Mohamed Aden", "Yusuf Abdullahi"),
        3,
    ),
    Origin(  # Ukraine
        ("Andrii", "Halyna", "Kateryna", "Mykola", "Oksana", "Oleksandr", "Solomiia", "Yuliia"),
        ("Bondarchuk", "Hrytsenko", "Kovalenko", "Lysenko", "Marchenko", "Shevchuk", "Tkachenko"),
        4,
    ),
    Origin(  # Eritrea
        ("Abrehet", "Daniel", "Filmon", "Helen", "Mehari", "Selam", "Tesfay", "Yodit"),
        ("Berhane", "Ghebremedhin", "Habte", "Kidane", "Tekle", "Woldemichael"),
        3,
    ),
    Origin(  # Syria
        ("Ahmad", "Dima", "Fatima", "Khalil", "Layla", "Omar", "Rana", "Samir"),
        ("Al-Hamwi", "Al-Khatib", "Darwish", "Haddad", "Nasser", "Qabbani", "Shahin"),
        4,
    ),
    Origin(  # Poland
        ("Agnieszka", "Grzegorz", "Łukasz", "Małgorzata", "Paweł", "Zofia"),
        ("Dąbrowska", "Jabłoński", "Kamiński", "Nowak", "Wiśniewska", "Zieliński"),
        2,
    ),
    Origin(  # Thailand
        ("Kanya", "Malee", "Niran", "Pornthip", "Somchai", "Suda"),
        ("Charoensuk", "Kittisak", "Phongphan", "Saetang", "Srisawat"),
        2,
    ),
    Origin(  # Afghanistan and Iran
        ("Azadeh", "Farid", "Maryam", "Nasrin", "Reza", "Zohra"),
        ("Ahmadzai", "Hosseini", "Karimi", "Rahimi", "Yousefi"),
        2,
    ),
    Origin(  # Ethiopia
        ("Abebe", "Bethlehem", "Genet", "Hanna", "Tsegaye"),
        ("Alemu", "Bekele", "Desta", "Girma", "Tadesse"),
        1,
    ),
    Origin(  # Vietnam
        ("Hương", "Linh", "Minh", "Thu Hà"),
        ("Đặng", "Lê Thị", "Nguyễn", "Phạm", "Trần"),
        1,
    ),
    Origin(  # the Philippines and Latin America
        ("Consuelo", "Iñaki", "José Luis", "Maricel", "Rosario"),
        ("Castañeda", "dela Cruz", "Muñoz", "Peña Ríos", "Villanueva"),
        1,
    ),
)

TOWNS = (
    ("3256", "Larvik"),
    ("1606", "Fredrikstad"),
    ("2317", "Hamar"),
    ("2609", "Lillehammer"),
    ("4616", "Kristiansand S"),
    ("5003", "Bergen"),
    ("6002", "Ålesund"),
    ("7011", "Trondheim"),
    ("8006", "Bodø"),
    ("9008", "Tromsø"),
    ("9730", "Karasjok"),
    ("3015", "Drammen"),
)

STREETS = (
    "Bjørkealleen",
    "Elvebredden",
    "Fjordgløttveien",
    "Granstubben",
    "Kirkebakken",
    "Måkesvingen",
    "Nedre Torggate",
    "Rognebærveien",
    "Skolestien",
    "Øvre Bruvei",
)

GROUP_NAMES = (
    "Frisk start",
    "Nordlys",
    "Syv sorter",
    "Brobyggerne",
    "Grønne fingre",
    "Håpet",
    "Kystkvinnene",
    "Første skritt",
    "Torgdagen",
    "Ringen",
    "Blåklokka",
    "Sammen sterkere",
)

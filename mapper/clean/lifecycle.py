"""
Whether something stands, is planned or has ended, by the word its source uses for it.

OpenStreetMap writes it as a prefix of the main key (``disused:man_made=surveillance``), as a key
of its own (``removed=yes``) or as a state (``operational_status=closed``); lists have a column of
states. The words are those of the lifecycle prefixes of OpenStreetMap and of columns of published
lists, in twelve languages.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mapper.model.enums import Lifecycle
from mapper.model.tags import LIFECYCLE_TAG, NOT_UNDERSTOOD

PLANNED_KEYS: Final = ("proposed", "planned", "construction")
ENDED_KEYS: Final = (
    "disused",
    "abandoned",
    "removed",
    "razed",
    "demolished",
    "destroyed",
    "dismantled",
    "ruins",
    "was",
)
LIFECYCLE_KEYS: Final = (*PLANNED_KEYS, *ENDED_KEYS)
"""Keys and prefixes of keys by which OpenStreetMap says that something does not stand."""

STATE_KEYS: Final = ("operational_status", "status", "camera:status", "surveillance:status")
"""Keys of OpenStreetMap whose value is a state."""

# `disused=no` is written by people who found the thing in use.
_NO: Final = frozenset({"no", "false", "0", "none"})

# ruff: noqa: RUF001 - words of Turkish and Cyrillic have such letters.
_WORDS: Final[Mapping[Lifecycle, str]] = {
    Lifecycle.PLANNED: """
        proposed planned construction under_construction desired requested approved pending future
        upcoming design designed in_design scheduled to_be_installed not_yet_installed coming_soon
        funded proposal
        geplant im_bau in_planung beantragt vorgesehen
        prévu prévue prevu prevue projet en_projet planifié planifiée en_travaux en_construction
        planificado planificada previsto prevista proyectado en_proyecto en_construcción
        pianificato pianificata progettato in_progetto in_costruzione
        planejado planejada em_projeto em_construção em_implantação
        gepland in_aanbouw planowana planowany planowane w_budowie
        planeras planerad suunniteltu suunnitteilla plánovaná plánovaný
        планируется планируемая проектируется строится запланирована в_планах
        planeret under_opførelse planlagt under_oppføring rakenteilla tervezett épül planificată
        în_construcție планирана плановий планується σχεδιάζεται υπό_κατασκευή
        planlandı planlanıyor yapım_aşamasında planirano u_izgradnji v_přípravě ve_výstavbě
        pripravovaná plánovaná_výstavba
    """,
    Lifecycle.ENDED: """
        disused abandoned removed razed demolished destroyed dismantled ruins was gone
        decommissioned retired ended closed inactive deactivated terminated expired obsolete
        cancelled canceled void voided withdrawn uninstalled permanently_closed not_in_use
        no_longer_in_use out_of_use discontinued former removed_from_service
        abgebaut entfernt stillgelegt inaktiv außer_betrieb ausser_betrieb demontiert
        supprimé supprimée supprime retiré retirée démonté démontée inactif inactive hors_service
        désactivé désactivée
        retirado retirada eliminado eliminada inactivo inactiva desactivado fuera_de_servicio
        disattivato disattivata dismesso dismessa rimosso rimossa inattivo fuori_servizio
        removido removida desativado desativada inativo inativa fora_de_serviço
        verwijderd buiten_gebruik inactief buiten_dienst
        zlikwidowana zlikwidowany usunięta usunięty nieczynna nieczynny
        borttagen nedmonterad ur_drift poistettu purettu odstraněna zrušena zrušená
        демонтирована демонтирован снята удалена не_действует не_работает отключена выключена
        abgeschaltet außer_dienst ausgebaut rückgebaut déposé déposée déposés en_panne_définitive
        desinstalado desinstalada desmontado desmontada dado_de_baja fuera_de_uso fora_de_uso
        desinstalado desmontado smantellato smantellata smontato smontata non_attiva non_attivo
        ontmanteld weggehaald afgebroken niet_actief zdemontowana zdemontowany niedziałająca
        nie_działa wyłączona mimo_provoz demontovaná demontována neaktivní mimo_prevádzky
        ur_bruk avvecklad nedmontert fjernet nedlagt ute_av_drift ude_af_drift nedtaget
        ei_käytössä poistettu_käytöstä leszerelt megszűnt üzemen_kívül demontată scoasă dezafectată
        kaldırıldı söküldü devre_dışı iptal uklonjeno van_upotrebe izklopljeno
        демонтована знята не_працює свалена καταργήθηκε εκτός_λειτουργίας
    """,
    Lifecycle.IN_USE: """
        in_use active operational open working installed live on turned_on existing current
        in_service in_operation online functional enabled deployed running present standing
        aktiv in_betrieb vorhanden bestehend installiert
        actif active en_service existant installé installée en_fonction
        activo activa operativo operativa en_servicio existente instalado instalada
        attivo attiva in_servizio in_funzione esistente
        ativo ativa em_operação em_funcionamento
        actief in_gebruik bestaand in_bedrijf
        czynna czynny aktywna aktywny istniejąca
        i_drift käytössä aktivní v_provozu
        действует действующая установлена в_эксплуатации работает активна включена
        aktivní aktívna v_prevádzke aktiivinen toiminnassa toimii i_bruk i_brug aktivt
        działa działająca w_użyciu em_serviço em_uso en_uso in_uso em_funcionamento funcionando
        működik üzemel aktív în_funcțiune funcțională activă u_funkciji aktivna v_uporabi
        çalışıyor aktif faal kullanımda працює діє активна работи σε_λειτουργία ενεργή ενεργό
    """,
}


def _lookup() -> Mapping[str, Lifecycle]:
    return MappingProxyType(
        {word: state for state, words in _WORDS.items() for word in words.split()}
    )


_STATE_OF: Final = _lookup()


def state_of_word(word: str) -> Lifecycle | None:
    """Return what one written state means; None where it is in no vocabulary."""
    return _STATE_OF.get("_".join(word.casefold().replace("-", " ").replace("_", " ").split()))


def lifecycle_of(value: str) -> Lifecycle:
    """
    Return what a value of ``model.tags.LIFECYCLE_TAG`` says.

    ``unknown`` where one of its parts is not understood, or where parts contradict each other;
    of *ended* and *in use* together it has ended, because a word of its end is added to what
    stood there before.
    """
    states = {_state_of_part(part) for part in value.split(";") if part.strip()}
    # One word that is not understood may be the one that says it has gone.
    if not states or None in states:
        return Lifecycle.UNKNOWN
    if states == {Lifecycle.ENDED, Lifecycle.IN_USE}:
        return Lifecycle.ENDED
    # What is still to come is not counted as standing, though a word of use is beside it.
    if states == {Lifecycle.PLANNED, Lifecycle.IN_USE}:
        return Lifecycle.PLANNED
    return states.pop() if len(states) == 1 else Lifecycle.UNKNOWN  # type: ignore[return-value] # None left above


def _state_of_part(part: str) -> Lifecycle | None:
    """Read one word, or one ``key=value``."""
    key, equals, value = (side.strip() for side in part.partition("="))
    if not equals:
        # No key: a bare word from a list's column of states.
        return state_of_word(key)
    # `disused:man_made=surveillance`: the prefix carries the state, the value what it was.
    prefix = key.partition(":")[0]
    if key in {*STATE_KEYS, LIFECYCLE_TAG}:
        return state_of_word(value)
    if prefix not in LIFECYCLE_KEYS:
        return None
    if key == prefix and value.casefold() in _NO:
        return Lifecycle.IN_USE
    return Lifecycle.PLANNED if prefix in PLANNED_KEYS else Lifecycle.ENDED


def told_state(word: str) -> str:
    """Return a written state as it may be published: the word itself, or ``NOT_UNDERSTOOD``."""
    return NOT_UNDERSTOOD if state_of_word(word) is None else word

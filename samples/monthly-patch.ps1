# The image of a family is patched once a month through OOS, on the embedded endpoint: no account, no network, nothing to pay.
# Run it with:  dotnet run --project src/EcsImages.Shell -- -File samples/monthly-patch.ps1
# Run again in the same month it changes nothing; broken off, it goes on where it was. On failure it throws, so that a scheduler sees an exit code.
# On Alibaba Cloud the part after "The newest image" is the same, after Connect-EcsAccount -RegionId cn-hangzhou. What the embedded endpoint does not do is to
# execute the command: it makes the image without, and says so.

param(
    # The folder of the embedded endpoint; without it, a fresh one that is removed at the end.
    [string]$Folder,
    [string]$Family = 'web',
    [string]$Month = [datetime]::UtcNow.ToString('yyyy-MM', [cultureinfo]::InvariantCulture),
    [string]$Command = 'dnf -y upgrade --security',
    [string]$InstanceType = 'ecs.g7.large'
)

$ErrorActionPreference = 'Stop'
$store = if ($Folder) { $Folder } else { [IO.Path]::Combine([IO.Path]::GetTempPath(), "ecs-$([guid]::NewGuid().ToString("N").Substring(0, 8))") }
try {
    $null = Connect-EcsAccount -Local -Path $store -Account builder -RegionId cn-hangzhou

    if (-not (Get-EcsImage -Family $Family -Latest -ErrorAction SilentlyContinue)) {
        "== There is no image of the family $Family yet: the first one, of a public image"
        $public = Get-EcsImage -Family acs:alibaba_cloud_linux_3_2104_lts_x64 -Latest
        $instance = New-EcsInstance $public $InstanceType -Name "$Family-first" -Wait
        $instance | New-EcsCustomImage -Name "$Family-first" -Family $Family -Wait | Out-Host
        $instance | Remove-EcsInstance -Force -Wait -Confirm:$false
    }

    "== The newest image of the family, and the one of this month"
    $name = "$Family-$Month"
    $newest = Get-EcsImage -Family $Family -Latest
    $patched = Get-EcsImage -Name $name -ImageType Custom -Status Available
    if ($patched -and $newest.ImageId -eq $patched.ImageId) {
        "The image of $Month is there already: $($patched.Name), $($patched.ImageId)"
    }
    if (-not $patched) {
        # A token of its own for each attempt: two runs at once start one update, and a run after a failure starts another.
        $failures = @(Get-EcsImageUpdate -Status Failed, Cancelled | Where-Object ImageName -eq $name).Count
        $update = $newest | Update-EcsImage -Command $Command -InstanceType $InstanceType -Name $name -Tag @{ month = $Month } -ClientToken "patch-$name-$failures"
        "== Update $($update.ExecutionId) of $($newest.Name) to $name"
        $update = $update | Wait-EcsImageUpdate -TimeoutSec 3600
        foreach ($task in $update.Tasks) { "{0,-22} {1}" -f $task.Name, $task.Status }
        "It wrote: $($update.CommandOutput)"
        $patched = $update | Get-EcsImage
    }

    "== The family's newest is the patched one; those before it stay, out of use"
    # The template gives an image a name and tags, and no family.
    if ($patched.Family -ne $Family) { $patched = $patched | Set-EcsImage -Family $Family }
    Get-EcsImage -Family $Family -ImageType Custom |
        Where-Object { $_.ImageId -ne $patched.ImageId -and $_.Status -eq 'Available' } |
        ForEach-Object { $_ | Set-EcsImage -Status Deprecated } | Out-Host
    $newest = Get-EcsImage -Family $Family -Latest
    if ($newest.ImageId -ne $patched.ImageId) { throw "The newest image of the family $Family is $($newest.Name), not $name." }
    $newest | Out-Host
    "Done: $($newest.Name)"
}
finally {
    Disconnect-EcsAccount -All | Out-Null
    if (-not $Folder) { [IO.Directory]::Delete($store, $true) }
}

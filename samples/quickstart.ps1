# The story of an image, on the embedded endpoint: no account of Alibaba Cloud, no network, nothing to pay.
# Run it with:  dotnet run --project src/EcsImages.Shell -- -File samples/quickstart.ps1
# On Alibaba Cloud the lines are the same but for the two with -Local, which connect us and a partner: there each connects with credentials of its own,
# such as Connect-EcsAccount -ProfileName. Instances, disks and snapshots are billed while they are there, and the partner's instance stays.

$ErrorActionPreference = 'Stop'
$folder = [IO.Path]::Combine([IO.Path]::GetTempPath(), "ecs-$([guid]::NewGuid().ToString("N").Substring(0, 8))")

"== Connect: an account of our own, in a fresh folder"
$us = Connect-EcsAccount -Local -Path $folder -Account builder -RegionId cn-hangzhou
$us | Out-Host

"== The newest public image of a family, and the versions before it"
$family = 'acs:alibaba_cloud_linux_3_2104_lts_x64'
$newest = Get-EcsImage -Family $family -Latest
$earlier = (Get-EcsImage -Family $family | Where-Object CreationTime -lt $newest.CreationTime)[0]
$newest, $earlier | Out-Host

"== Launch an instance of the earlier version, by its id, with a data disk of 20 GiB"
$instance = New-EcsInstance -ImageId $earlier.ImageId -InstanceType ecs.g7.large -Name web-build -DataDiskSizeGiB 20 -Wait
$instance | Out-Host
$instance | Get-EcsDisk | Out-Host

"== Create a custom image of it: system disk and data disk"
$image = $instance | New-EcsCustomImage -Name web-2026-11 -Description 'Web server, November' -Family web -Wait
$image | Out-Host
$image.Disks | Out-Host

"== Tag it, rename it, change its description, boot mode and NVMe setting"
$image = $image | Add-EcsImageTag -Tag @{ team = 'web'; stage = 'test' }
$instance | Remove-EcsInstance -Force -Wait -Confirm:$false
$image = $image | Set-EcsImage -Name web-2026-11-rc1 -Description 'Web server, release candidate' -BootMode UEFI-Preferred -NvmeSupport supported
"{0}: {1}; boots {2}; NVMe {3}; tags {4}" -f $image.Name, $image.Description, $image.BootMode, $image.NvmeSupport,
    (($image.Tags.Keys | ForEach-Object { "$_=$($image.Tags[$_])" }) -join ', ')

"== Copy it to two regions at once, one copy encrypted"
$copies = & {
    $image | Copy-EcsImage -DestinationRegionId cn-beijing
    $image | Copy-EcsImage -DestinationRegionId ap-southeast-1 -Encrypted
} | Wait-EcsImage
$copies | Out-Host
$copies | ForEach-Object { "{0}: encrypted: {1}" -f $_.RegionId, $_.IsEncrypted }

"== Share it with a second account, and see it there"
$partner = Connect-EcsAccount -Local -Path $folder -Account partner -RegionId cn-hangzhou
$image | Add-EcsImageShare -AccountId $partner.AccountId | Out-Host
$shared = Get-EcsImage -ImageType Shared -Context $partner
$shared | Out-Host

"== Launch an instance of it there"
$shared | New-EcsInstance -InstanceType ecs.g7.large -Name partner-web -Wait | Out-Host

"== Take the share back"
$image | Remove-EcsImageShare -AccountId $partner.AccountId -Confirm:$false
"Accounts that have it now: {0}" -f @($image | Get-EcsImageShare).Count
"Shared images that the partner sees now: {0}" -f @(Get-EcsImage -ImageType Shared -Context $partner).Count

"== Delete it, after a look at what would happen"
$image | Remove-EcsImage -WhatIf
$image | Remove-EcsImage -Confirm:$false
"Images of ours in {0}: {1}; in the regions that it was copied to: {2}" -f $image.RegionId,
    @(Get-EcsImage -ImageType Custom -Context $us).Count,
    @(Get-EcsImage -ImageType Custom -Context $us -RegionId cn-beijing, ap-southeast-1).Count

Disconnect-EcsAccount -All | Out-Null
[IO.Directory]::Delete($folder, $true)
"Done."
